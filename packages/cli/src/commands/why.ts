import { type AnswerOf, routes } from '@ge/api';
import type { Command } from 'commander';
import { askFleet, whichFleet } from '../fleet-client.ts';
import { ahead } from '../moments.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

type Why = AnswerOf<typeof routes.why.askWhy>;

export function registerWhy(program: Command): void {
  const command = program
    .command('why')
    .argument('<id>', 'of anything that is worked on')
    .summary('what became of something, and what it waits for')
    .description(
      'Tells what became of something and what it waits for. It may be a message (4711), its job in BullMQ (4711-2), a command ' +
        '(its operation, op_…), an order, a label (lbl_…), a label batch (lbb_…), a feed (feed_…), a template (tpl_…), a SKU (<seller>/<sku>) or a seller. ' +
        'order:4711 says which kind is meant.\n\n' +
        whichFleet,
    )
    .option('--json', 'print what the API answers as one object')
    .action(why);
  teach(command, {
    examples: ['ge why 4711', 'ge why op_06b1…', 'ge why lbb_06b1…', 'ge why S-1042/SKU-7', 'ge why seller:1042'],
    exitCodes: { 0: 'told', 1: 'nothing has that id, the fleet refused, or does not answer' },
  });
}

async function why(id: string, { json }: { json?: boolean }): Promise<void> {
  const answer = await askFleet((client) => client.call(routes.why.askWhy, { query: { id } }), {
    notFound: `Nothing has the id ${id}.`,
  });
  console.log(json ? JSON.stringify(answer) : readable(answer));
}

const said = (reasons: Why['reasons'], indent: string): string[] =>
  reasons.flatMap(({ message, next, until }) => [
    `${indent}${message}`,
    ...(until ? [`${indent}  until ${until.toISOString()} (${ahead(until)})`] : []),
    ...(next ? [`${indent}  ${next}`] : []),
  ]);

function readable(answer: Why): string {
  const { kind, id, state, sellerId, reasons, messages, history, related } = answer;
  const of = sellerId && kind !== 'seller' ? `, seller ${sellerId}` : '';
  const lines = [`${kind} ${id}: ${state}${of}`, ...said(reasons, '  ')];
  // A message is its own answer.
  const owed = kind === 'message' ? [] : messages;
  if (owed.length > 0) lines.push('', 'Messages that are owed or dead:');
  for (const message of owed)
    lines.push(`  ${message.id}  ${message.name}  ${message.state}`, ...said(message.reasons, '    '));
  if (history.length > 0) {
    const rows = history.map((event) => [
      event.at.toISOString(),
      String(event.messageId ?? ''),
      event.name,
      event.outcome,
      event.reason ?? '',
    ]);
    lines.push('', table(['when', 'message', 'job', 'outcome', 'reason'], rows));
  }
  if (related.length > 0)
    lines.push(
      '',
      `See also: ${related.map((one) => `${one.kind}:${one.id}${one.state ? ` (${one.state})` : ''}`).join(', ')}`,
    );
  return lines.join('\n');
}
