import type { FloodReport } from '@ge/load';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { FleetAnswer } from '../fleet-answer.ts';
import { inOneLine } from '../fleet-client.ts';
import { askedFlood, type FloodWords } from '../flood/askedFlood.ts';
import { type FloodedFleet, openFloodedFleet } from '../flood/floodedFleet.ts';
import { liveView } from '../flood/liveView.ts';
import { keepReports } from '../flood/reports.ts';
import { UserMistake } from '../mistake.ts';
import { listenForStop } from '../stop-signal.ts';
import { teach } from '../teach.ts';
import { registerFloodCompare } from './flood-compare.ts';

export function registerFlood(program: Command): void {
  const command = program
    .command('flood')
    .summary('put a fleet under load and audit what came of it')
    .description(
      'Sends a fleet what a profile draws, waits until nothing is owed, and audits: every command that was accepted is ' +
        'found exactly once in one end, rows are those of a sequential model, and the carrier’s book agrees. The load is ' +
        'open: starts are planned beforehand, and times count from the planned start.\n\n' +
        'It floods the fleet at --target, else the one that `ge up` runs in this checkout, else one of its own, which it ' +
        'starts and stops. The first two it meets as any producer does, by their API: its sellers are new ones, named ' +
        'FLOOD-…, it takes back what can be taken back, and says what it cannot see from there. A fleet whose carriers do ' +
        'not say of themselves that they are the simulator is not flooded.',
    )
    .option('--target <url>', 'address of the gateway of a fleet elsewhere; GE_KEY is an operator key of it')
    .option('--key <key>', 'the same as GE_KEY, for all to see who list processes here')
    .option('--carrier <url>', 'its simulator, to compare charges too; GE_CARRIER_TOKEN is the ADMIN_TOKEN of it')
    .option('--own', 'a fleet of its own even where one runs here')
    .option('--profile <name>', 'what is sent; --profile list shows them', 'mixed')
    .option('--job <name>', 'a job of the catalogue alone, straight into its BullMQ queue, instead of a profile')
    .option(
      '--duration <time>',
      'how long it is sent, for instance 2m (default: 20s; with --find-knee 8s for each rate)',
    )
    .option('--rate <n>', 'starts per second', '30')
    .option('--arrivals <kind>', 'constant, poisson or ramp (from nothing up to the rate)', 'poisson')
    .option('--closed <n>', 'n users instead, each waiting for its answer before it goes on')
    .option('--sellers <n>', 'sellers that take part', '50')
    .option('--zipf <s>', 'how much busier the busiest sellers are; 0 = all alike', '1')
    .option('--at-once <n>', 'answers that may be missing at once before starts are dropped', '500')
    .option('--seed <n>', 'the same seed draws the same load')
    .option('--slo <objective...>', 'for instance p99=200ms or max=2s; one that is not met makes the exit code 1')
    .option(
      '--find-knee',
      'look for the highest rate that meets the objectives: doubled until they break, then between',
    )
    .option('--report <file>', 'write a page with plots (.html), or the report (.json)')
    .option('--json', 'print the report as one JSON object')
    .action(runFlood);
  registerFloodCompare(command);
  teach(command, {
    examples: [
      ['ge flood', 'mixed load for 20 seconds on the fleet that runs here, or its own'],
      ['GE_KEY=… ge flood --target https://ge.test.example --rate 10', 'a fleet elsewhere, over its API'],
      ['ge flood --profile hot-seller --rate 60 --slo p99=500ms', ''],
      ['ge flood --job deactivate-template --rate 300', 'past the gateway and the relay'],
      ['ge flood --find-knee --slo p99=200ms', 'how many starts a second this fleet bears'],
      ['ge flood --duration 1m --report flood.html', 'a page to send around'],
      ["ge flood --json | jq '.latency.response.p99'", ''],
      ['ge flood compare before.json after.json', ''],
    ],
    exitCodes: {
      0: 'the audit passed and every objective was met',
      1: 'an effect was lost or doubled, an objective was not met, or the fleet did not start or answer',
      2: 'it was asked for wrongly, or the fleet does not buy from the simulator: nothing was sent',
    },
  });
}

async function runFlood(words: FloodWords): Promise<void> {
  const { failuresOf, flood, needsOwnFleet, profiles } = await import('@ge/load');
  if (words.profile === 'list') {
    for (const [name, profile] of Object.entries(profiles))
      console.log(`${name.padEnd(12)} ${profile.what}${needsOwnFleet(profile) ? ' (on a fleet of its own)' : ''}`);
    return;
  }
  const { fleet: which, ...asked } = await askedFlood(words);
  const json = words.json ?? false;
  const stopSignal = listenForStop(json);
  const view = liveView(json);
  const write = (line: string) => {
    view.clear();
    (json ? console.error : console.log)(line);
  };
  const flooded = await openFloodedFleet(which, write);
  const giveUp = new AbortController();
  stopSignal.orderly();
  void stopSignal.requested.then(() => giveUp.abort());
  let report: FloodReport;
  try {
    report = await flood(flooded.fleet, {
      ...asked,
      fleetKind: flooded.kind,
      folder: flooded.folder,
      stopping: giveUp.signal,
      onProgress: view.show,
      say: write,
    });
  } catch (error) {
    throw await inWords(error, flooded);
  } finally {
    view.clear();
    await flooded.close();
  }
  await keepReports(report, words.report);
  if (json) answer(report);
  else {
    const { asText } = await import('../flood/asText.ts');
    console.log(asText(report, failuresOf(report)));
  }
  // Idle keep-alive connections would hold the process open.
  process.exit(stopSignal.exitCode ?? (report.ok ? 0 : 1));
}

/** What a fleet of somebody else's says is told in a line; what goes wrong within one of its own is a fault of ours. */
async function inWords(error: unknown, { kind, fleet }: FloodedFleet): Promise<unknown> {
  const { NotTheSimulator } = await import('@ge/load');
  if (error instanceof NotTheSimulator) return new UserMistake(error.message);
  return kind === 'own' ? error : new FleetAnswer(inOneLine(error, fleet.gateway.url), { cause: error });
}
