import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { FaultScript } from '@ge/carrier-simulator';
import { type Command, Option } from 'commander';
import { answer } from '../answer.ts';
import { counted, faultHeads, faultRows } from '../carrier/inWords.ts';
import { type CarrierName, carrierNames, type PresetSettings, presets } from '../carrier/presets.ts';
import { simulatorExitCodes, simulatorOf, simulatorOptions, type Which, whichSimulator } from '../carrier/simulator.ts';
import { UserMistake } from '../mistake.ts';
import { parseSpan } from '../moments.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

interface Adding extends Which {
  readonly seed?: string;
  readonly carrier?: CarrierName;
  readonly for?: string;
  readonly every?: string;
}

type InForce = FaultScript & { readonly injected?: Readonly<Record<string, number>> };

export function registerCarrierFaults(carrier: Command): void {
  const faults = carrier
    .command('faults')
    .usage('<command> [options]')
    .argument('[command]')
    .summary('have the carriers fail, by a script with a seed')
    .description(
      'Puts fault scripts in force, shows and clears them. The same seed gives each purchase the same fate, in whatever order ' +
        `they come.\n\n${whichSimulator}`,
    )
    .action((name?: string) => {
      const said = name === undefined ? 'Say what to do with faults' : `There is no command carrier faults ${name}`;
      throw new UserMistake(`${said}: add, list, clear (ge carrier faults --help).`);
    });
  teach(faults, {
    examples: ['ge carrier faults add lost-answers --seed monday', 'ge carrier faults list', 'ge carrier faults clear'],
    exitCodes: simulatorExitCodes,
  });
  addCommand(faults);
  const list = simulatorOptions(faults.command('list'))
    .summary('what is in force, and what went wrong so far')
    .description(`Shows the fault scripts in force and how often each kind of fault happened.\n\n${whichSimulator}`)
    .action(async (which: Which) => show(await simulatorOf(which)<InForce>('GET', '/faults'), which.json));
  teach(list, { examples: ['ge carrier faults list'], exitCodes: simulatorExitCodes });
  const clear = simulatorOptions(faults.command('clear'))
    .summary('have everything go well again')
    .description(`Takes back every fault script; charges that were to land late still land.\n\n${whichSimulator}`)
    .action(async (which: Which) => {
      const left = await simulatorOf(which)<InForce>('DELETE', '/faults');
      if (which.json) answer(scriptOf(left));
      else console.log('No faults are in force.');
    });
  teach(clear, { examples: ['ge carrier faults clear'], exitCodes: simulatorExitCodes });
}

function addCommand(faults: Command): void {
  const width = Math.max(...Object.keys(presets).map((name) => name.length));
  const named = Object.entries(presets).map(([name, { means }]) => `  ${name.padEnd(width)}  ${means}`);
  const add = simulatorOptions(faults.command('add'))
    .argument('<script>', 'a preset, or a JSON file as POST /faults of the simulator takes it')
    .summary('put a script in force, beside what is')
    .description(
      `Puts a fault script in force, beside those that are. Presets:\n\n${named.join('\n')}\n\n` +
        `services/carrier-simulator/README.md says what a file may hold.\n\n${whichSimulator}`,
    )
    .option('--seed <text>', 'of a preset; drawn and shown unless told')
    .addOption(new Option('--carrier <name>', 'of a preset: this carrier only').choices(carrierNames))
    .option('--for <time>', 'of rate-storm, outage and flapping: how long (30s, 5m)')
    .option('--every <time>', 'of these: again and again, once in such a span, at a place the seed decides')
    .action(addScript);
  teach(add, {
    examples: [
      ['ge carrier faults add lost-answers --seed monday', 'the same fate for each label on every Monday'],
      ['ge carrier faults add outage --carrier express --for 90s', ''],
      ['ge carrier faults add rate-storm --for 5s --every 1m', ''],
      ['ge carrier faults add my-script.json', ''],
    ],
    exitCodes: simulatorExitCodes,
  });
}

async function addScript(name: string, given: Adding): Promise<void> {
  const seed = given.seed ?? randomBytes(4).toString('hex');
  const script = scriptFor(name, { ...given, seed });
  const now = await simulatorOf(given)<InForce>('POST', '/faults', script);
  if (given.json) return answer(Object.hasOwn(presets, name) ? { ...scriptOf(now), seed } : scriptOf(now));
  if (Object.hasOwn(presets, name)) console.error(`In force: ${name}, seed ${seed}.`);
  show(now);
}

function scriptFor(name: string, given: Adding & { readonly seed: string }): object {
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (!preset) {
    if (given.carrier || given.for || given.every)
      throw new UserMistake('--carrier, --for and --every are for presets; a file says all of it itself.');
    return scriptIn(name);
  }
  if (!preset.isTimed && (given.for || given.every))
    throw new UserMistake(`--for and --every are for ${timed.join(', ')}, not for ${name}.`);
  const settings: PresetSettings = {
    seed: given.seed,
    carrier: given.carrier,
    forMs: milliseconds('--for', given.for),
    everyMs: milliseconds('--every', given.every),
  };
  return preset.script(settings);
}

const timed = Object.entries(presets).flatMap(([name, { isTimed }]) => (isTimed ? [name] : []));

function milliseconds(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = parseSpan(text);
  if (!seconds) throw new UserMistake(`${option} takes a time such as 30s or 5m, not ${text}.`);
  return seconds * 1_000;
}

function scriptIn(file: string): object {
  if (!existsSync(file)) {
    const known = Object.keys(presets).join(', ');
    throw new UserMistake(`There is neither a preset nor a file ${file}. Presets: ${known}.`);
  }
  try {
    const script: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof script === 'object' && script !== null) return script;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw new UserMistake(`${file} cannot be read.`);
  }
  throw new UserMistake(`${file} holds no JSON object.`);
}

const scriptOf = ({ rules, lotteries, windows, latencies }: FaultScript) => ({ rules, lotteries, windows, latencies });

function show(inForce: InForce, json = false): void {
  if (json) {
    answer({ ...scriptOf(inForce), injected: inForce.injected ?? {} });
    return;
  }
  const rows = faultRows(inForce);
  console.log(rows.length === 0 ? 'No faults are in force.' : table(faultHeads, rows));
  if (inForce.injected) console.log(`\nWent wrong so far: ${counted(inForce.injected)}.`);
}
