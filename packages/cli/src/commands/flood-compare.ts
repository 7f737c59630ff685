import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { readReport } from '../flood/reports.ts';
import { UserMistake } from '../mistake.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

export function registerFloodCompare(flood: Command): void {
  const command = flood
    .command('compare')
    .summary('two reports side by side')
    .description(
      'Shows what two floods found side by side, with how much the second differs from the first, and names what got worse. ' +
        'Single slowest answers and percentiles of few answers are shown and not judged.',
    )
    .argument('<a>', 'report of the first flood (.json)')
    .argument('<b>', 'report of the second')
    .option('--fail-on-worse <share>', 'exit code 1 where something got worse by more than that, for instance 10%')
    .option('--json', 'print one JSON object')
    .action(compare);
  teach(command, {
    examples: [
      'ge flood compare before.json after.json',
      ['ge flood compare before.json after.json --fail-on-worse 10%', 'in a build'],
    ],
    exitCodes: { 0: 'both were read, and nothing got worse by more than was asked', 1: 'something did' },
  });
}

interface CompareWords {
  readonly json?: boolean;
  readonly failOnWorse?: string;
}

/** Worse by less than this is chance, and not worth a line. */
const chance = 0.05;

async function compare(first: string, second: string, { json, failOnWorse }: CompareWords): Promise<void> {
  const { compared, worseThan } = await import('@ge/load');
  const limit = failOnWorse === undefined ? null : shareOf(failOnWorse);
  const rows = compared(readReport(first), readReport(second));
  const worse = worseThan(rows, limit ?? chance);
  const ok = limit === null || worse.length === 0;
  process.exitCode = ok ? 0 : 1;
  if (json) return answer({ ok, worse: worse.map(({ what }) => what), rows });
  const text = (value: number | null) => (value === null ? '–' : String(Math.round(value * 100) / 100));
  console.log(
    table(
      ['of', first, second, 'change', ''],
      rows.map((row) => [
        row.what,
        text(row.a),
        text(row.b),
        row.change === null ? '–' : `${row.change > 0 ? '+' : ''}${Math.round(row.change * 100)} %`,
        worse.includes(row) ? 'worse' : '',
      ]),
    ),
  );
  const by = `by more than ${Math.round((limit ?? chance) * 1_000) / 10} %`;
  console.log(
    `\n${worse.length === 0 ? `Nothing got worse ${by}.` : `Worse ${by}: ${worse.map(({ what }) => what).join('; ')}.`}`,
  );
}

/** @throws UserMistake where it is no share */
function shareOf(text: string): number {
  const percent = /^(\d{1,4}(?:\.\d+)?)\s*%$/.exec(text.trim())?.[1];
  if (percent === undefined) throw new UserMistake(`--fail-on-worse takes a share such as 10%, not ${text}.`);
  return Number(percent) / 100;
}
