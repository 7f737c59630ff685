import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measure, Results } from '@ge/bench';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { UserMistake } from '../mistake.ts';
import { type ProgressLine, progressLine } from '../progress-line.ts';
import { projectDir } from '../project.ts';
import { listenForStop } from '../stop-signal.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

interface Asked {
  readonly quick?: boolean;
  readonly runs?: string;
  readonly list?: boolean;
  readonly json?: boolean;
  readonly write?: boolean;
}

export function registerBench(program: Command): void {
  const command = program
    .command('bench')
    .summary('measure the fleet beside its peers')
    .description(
      'Measures the fleet and others doing the same work, by turns and on the same servers, and prints ratios with their ' +
        'spread: only what was measured in one run is compared. PostgreSQL flushes every commit and Redis keeps its ' +
        'append-only file, each second; servers that do not are refused.\n\n' +
        'Servers are its own, or those of GE_TEST_DATABASE_URL and GE_TEST_REDIS_URL.',
    )
    .argument('[measures...]', 'which, for instance P1 P2; all unless told')
    .option('--quick', 'smaller numbers: all of it in about a minute')
    .option('--runs <n>', 'how often ours and the peers take turns, 1 to 20; 3 unless told, 1 with --quick')
    .option('--list', 'say what is measured and what is asked of it')
    .option('--write', 'put what was measured into docs/performance.md')
    .option('--json', 'print one object: {"P1": {"ratio", "ours", "peer", "runs", "target", "met", …}, …}')
    .action(bench);
  teach(command, {
    examples: [
      ['ge bench --list', 'what the measures are'],
      ['ge bench --quick', 'all of them in a minute, on small numbers'],
      ['ge bench', 'all of them: the better part of an hour'],
      'ge bench P1 P2',
      ['ge bench --write', 'brings docs/performance.md up to date'],
      ["ge bench --quick --json | jq '.P1.ratio'", 'progress is shown beside it'],
    ],
    exitCodes: {
      0: 'measured, whether or not the targets are met',
      1: 'one side did not do its work, or there are no servers',
    },
  });
}

async function bench(ids: readonly string[], asked: Asked): Promise<void> {
  const { inWords, measures } = await import('@ge/bench');
  const chosen = choose(ids, measures);
  const runs = parseRuns(asked);
  if (asked.write && (asked.quick || ids.length > 0))
    throw new UserMistake('--write takes all measures at full size: the page is to say one thing of one run.');
  if (asked.list) {
    if (asked.json)
      answer(Object.fromEntries(chosen.map(({ id, title, unit, target }) => [id, { title, unit, target }])));
    else
      for (const { id, title, unit, target } of chosen)
        console.log([`${id}  ${title}`, `asked: ${inWords(target, unit)}`].join('\n    '));
    return;
  }
  listenForStop(asked.json ?? false);
  const progress = progressLine(process.stderr);
  const results = await measured(chosen, asked, runs, progress).finally(progress.end);
  if (asked.json) answer(results);
  else {
    console.log(await asTable(results));
    if (asked.quick) console.log('\nOn small numbers what starts up weighs most: what is quoted is a full run.');
  }
}

async function measured(
  chosen: readonly Measure[],
  { quick = false, write }: Asked,
  runs: number,
  { tell, now }: ProgressLine,
): Promise<Results> {
  const { openBenchServers, performanceFigures, performancePage, runMeasures } = await import('@ge/bench');
  now('starting PostgreSQL and Redis');
  const servers = await openBenchServers(tell);
  try {
    const onMeasure = ({ id, title }: Measure, no: number) => now(`${no} of ${chosen.length}  ${id} ${title}`);
    const results = await runMeasures(chosen, { quick, runs, tell, servers, onMeasure });
    if (write) {
      const page = performancePage(results, servers, `./ge bench --write --runs ${runs}`);
      for (const [name, text] of Object.entries({ 'performance.md': page, ...performanceFigures(results) })) {
        const file = join(projectDir, 'docs', name);
        writeFileSync(file, text);
        tell(`written: ${file}`);
      }
      tell('The capacity model of docs/scale.md rests on it: ./ge run pnpm run docs');
    }
    return results;
  } finally {
    await servers.close();
  }
}

/** The measures named, each once, in the order of the catalogue. */
function choose(ids: readonly string[], measures: readonly Measure[]): readonly Measure[] {
  const known = measures.map(({ id }) => id);
  const unknown = ids.filter((id) => !known.includes(id.toUpperCase()));
  if (unknown.length > 0)
    throw new UserMistake(
      `There is no measure ${unknown.join(', ')}; there are ${known.join(', ')} (ge bench --list).`,
    );
  const wanted = ids.map((id) => id.toUpperCase());
  return ids.length === 0 ? measures : measures.filter(({ id }) => wanted.includes(id));
}

function parseRuns({ runs, quick }: Asked): number {
  if (runs === undefined) return quick ? 1 : 3;
  const count = Number(runs);
  if (!Number.isInteger(count) || count < 1 || count > 20)
    throw new UserMistake(`--runs takes a whole number from 1 to 20, not ${runs}.`);
  return count;
}

async function asTable(results: Results): Promise<string> {
  const { figure, inWords } = await import('@ge/bench');
  const rows = Object.entries(results).map(([id, { ratio, spread, ours, peer, unit, target, met }]) => {
    const { also: _, ...alone } = target;
    return [
      id,
      figure(ratio),
      `${figure(spread.lowest)}–${figure(spread.highest)}`,
      `${figure(ours)} ${unit}`,
      `${figure(peer)} ${unit}`,
      inWords(alone, unit),
      met ? 'met' : 'not met',
    ];
  });
  const beside = Object.entries(results).flatMap(([id, { title, target, beside = {}, notes = [] }]) => [
    '',
    `${id}  ${title}`,
    ...Object.entries(beside).map(([label, value]) => {
      const also = target.also?.[label];
      return `    ${label}: ${figure(value)}${also ? ` (asked: ${also.sense} ${figure(also.limit)})` : ''}`;
    }),
    ...notes.map((note) => `    ${note}`),
  ]);
  return [table(['measure', 'ratio', 'spread', 'ours', 'peer', 'asked', ''], rows), ...beside].join('\n');
}
