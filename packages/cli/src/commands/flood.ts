import { createClient } from '@ge/api';
import type { FleetUnderLoad, FloodReport } from '@ge/load';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { askedFlood, type FloodWords } from '../flood/askedFlood.ts';
import { asText } from '../flood/asText.ts';
import { liveView } from '../flood/liveView.ts';
import { keepReports } from '../flood/reports.ts';
import { checkNamedServers } from '../named-servers.ts';
import { openPassingFleet, type PassingFleet } from '../passing-fleet.ts';
import { listenForStop } from '../stop-signal.ts';
import { teach } from '../teach.ts';
import { registerFloodCompare } from './flood-compare.ts';

export function registerFlood(program: Command): void {
  const command = program
    .command('flood')
    .summary('put a fleet under load and audit what came of it')
    .description(
      'Starts a fleet of its own, sends it what a profile draws, waits until nothing is owed, and audits: every command ' +
        'that was accepted is found exactly once in one end, rows are those of a sequential model, and the carrier’s book ' +
        'agrees. The load is open: starts are planned beforehand, and times count from the planned start.',
    )
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
      ['ge flood', 'mixed load for 20 seconds on a fleet of its own'],
      ['ge flood --profile hot-seller --rate 60 --slo p99=500ms', ''],
      ['ge flood --job deactivate-template --rate 300', 'past the gateway and the relay'],
      ['ge flood --find-knee --slo p99=200ms', 'how many starts a second this fleet bears'],
      ['ge flood --duration 1m --report flood.html', 'a page to send around'],
      ["ge flood --json | jq '.latency.response.p99'", ''],
      ['ge flood compare before.json after.json', ''],
    ],
    exitCodes: {
      0: 'the audit passed and every objective was met',
      1: 'an effect was lost or doubled, an objective was not met, or the fleet did not start',
    },
  });
}

async function runFlood(words: FloodWords): Promise<void> {
  const { failuresOf, flood, profiles } = await import('@ge/load');
  if (words.profile === 'list') {
    for (const [name, { what }] of Object.entries(profiles)) console.log(`${name.padEnd(12)} ${what}`);
    return;
  }
  const asked = await askedFlood(words);
  const json = words.json ?? false;
  const stopSignal = listenForStop(json);
  await checkNamedServers({ ...process.env, SMTP_URL: undefined });
  const view = liveView(json);
  const write = (line: string) => {
    view.clear();
    (json ? console.error : console.log)(line);
  };
  write('Starting a fleet of its own');
  const own = await openPassingFleet('flood', (line) => write(`       ${line}`), {
    settings: { ...generousLimits, ...profiles[asked.profile]!.settings },
    backoff: quickRestarts,
  });
  const { openDatabase } = await import('@ge/database');
  const database = await openDatabase({ url: own.databaseUrl, applicationName: 'ge-flood', poolSize: 4 });
  const giveUp = new AbortController();
  stopSignal.orderly();
  void stopSignal.requested.then(() => giveUp.abort());
  let report: FloodReport;
  try {
    report = await flood(underLoad(own, database), {
      ...asked,
      folder: own.folder,
      stopping: giveUp.signal,
      onProgress: view.show,
      say: write,
    });
  } finally {
    view.clear();
    await database.close();
    await own.close();
  }
  await keepReports(report, words.report);
  if (json) answer(report);
  else console.log(asText(report, failuresOf(report)));
  // Idle keep-alive connections would hold the process open.
  process.exit(stopSignal.exitCode ?? (report.ok ? 0 : 1));
}

/** A load comes from one key and one address: limits meant for thousands of them would be all that is measured. */
const generousLimits = { RATE_LIMIT_OPERATOR: '10000000', UPLOAD_BYTES_PER_MINUTE: '1099511627776' };

/** A flood is short: whoever dies of poison twice is not kept waiting for the third start. */
const quickRestarts = { firstMs: 250, longestMs: 1_000, steadyMs: 30_000 };

const underLoad = (own: PassingFleet, database: FleetUnderLoad['database']): FleetUnderLoad => ({
  client: createClient({ baseUrl: own.fleet.url('gateway'), apiKey: own.operatorKey, locale: 'en-US' }),
  gateway: { url: own.fleet.url('gateway'), apiKey: own.operatorKey },
  database,
  queues: own.queues,
  carrier: { url: own.fleet.url('carrier-simulator'), adminToken: own.carrierAdminToken },
  processes: [
    ...own.fleet.services.map(({ name, process: supervised }) => ({
      name,
      pid: () => supervised.pid,
      restarts: () => supervised.restarts,
      healthUrl: own.fleet.url(name, 'HEALTH_PORT'),
    })),
    { name: 'postgres', pid: () => own.serverPids.postgres, healthUrl: null },
    { name: 'redis', pid: () => own.serverPids.redis, healthUrl: null },
  ],
});
