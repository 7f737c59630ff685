import { execFileSync } from 'node:child_process';
import { availableParallelism, totalmem } from 'node:os';
import type { Results } from './bench.ts';
import { figure, inWords } from './inWords.ts';
import type { BenchServers } from './servers/benchServers.ts';

/** What stands in `docs/performance.md`: figures of one run, with the machine and the revision they belong to. */
export function performancePage(results: Results, servers: BenchServers, command: string): string {
  const rows = Object.entries(results).map(([id, { title, ratio, spread, ours, peer, unit, target, met }]) =>
    [
      `**${id}** ${title}`,
      `${figure(ratio)} (${figure(spread.lowest)}–${figure(spread.highest)})`,
      `${figure(ours)} ${unit}`,
      `${figure(peer)} ${unit}`,
      `${inWords(target, unit)}: ${met ? 'met' : '**not met**'}`,
    ].join(' | '),
  );
  const beside = Object.entries(results).flatMap(([id, { beside = {}, notes = [] }]) => [
    `**${id}.** ${notes.join(' ')}`,
    '',
    ...Object.entries(beside).map(([label, value]) => `- ${label}: ${figure(value)}`),
    '',
  ]);
  const { fsync, synchronousCommit, fullPageWrites, appendonly, appendfsync } = servers.durability;
  return `<!-- Written by \`${command}\`; do not edit. -->

# Performance

Ours and its peers take turns on the same servers, and only figures of one run are compared: ratios say something, absolute
figures belong to this machine alone. Each side has to prove that it did every job once, or there is no figure.

No durability is traded for speed: fsync ${fsync}, synchronous_commit ${synchronousCommit}, full_page_writes ${fullPageWrites};
Redis appendonly ${appendonly}, appendfsync ${appendfsync}, as the servers answered when they were asked.

Machine: ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB; Node ${process.version}, PostgreSQL ${servers.versions.postgres}, Redis ${servers.versions.redis}; revision ${revision()}.

![Each measure against what is asked of it](performance-targets.svg)

![Jobs a second of the fleet and of others](performance-engines.svg)

| Measure | ratio (spread) | ours | peer | asked |
|---|---|---|---|---|
${rows.map((row) => `| ${row} |`).join('\n')}

${beside.join('\n').trimEnd()}
`;
}

function revision(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: import.meta.dirname }).trim();
  } catch {
    return 'unknown';
  }
}
