import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { readReport } from '../flood/reports.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

export function registerFloodCompare(flood: Command): void {
  const command = flood
    .command('compare')
    .summary('two reports side by side')
    .description('Shows what two floods found side by side, with how much the second differs from the first.')
    .argument('<a>', 'report of the first flood (.json)')
    .argument('<b>', 'report of the second')
    .option('--json', 'print one JSON object')
    .action(compare);
  teach(command, {
    examples: ['ge flood compare before.json after.json'],
    exitCodes: { 0: 'both were read' },
  });
}

async function compare(first: string, second: string, { json }: { readonly json?: boolean }): Promise<void> {
  const { compared } = await import('@ge/load');
  const rows = compared(readReport(first), readReport(second));
  if (json) return answer({ rows });
  const text = (value: number | null) => (value === null ? '–' : String(Math.round(value * 100) / 100));
  console.log(
    table(
      ['of', first, second, 'change'],
      rows.map(({ what, a, b, change }) => [
        what,
        text(a),
        text(b),
        change === null ? '–' : `${change > 0 ? '+' : ''}${Math.round(change * 100)} %`,
      ]),
    ),
  );
}
