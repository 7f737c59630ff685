import { routes } from '@ge/api';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { askFleet, whichFleet } from '../fleet-client.ts';
import { askAboutLabel } from '../label/labelIds.ts';
import { labelHeads, labelInWords, labelRow } from '../label/labelInWords.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

export function registerLabelShow(label: Command): void {
  const command = label
    .command('show')
    .argument('<label>', 'its id, lbl_…')
    .summary('how far a purchase is, and what came of it')
    .description(
      `Says how far a purchase is, what it cost, and what is wrong with it. \`ge why lbl_…\` says what it waits for.\n\n${whichFleet}`,
    )
    .option('--json', 'print one object: {ok, label}')
    .action(async (labelId: string, { json }: { json?: boolean }) => {
      const found = await askAboutLabel(labelId, (client) =>
        client.call(routes.labels.getLabel, { params: { labelId } }),
      );
      if (json) answer({ ok: true, label: found });
      else console.log(labelInWords(found).join('\n'));
    });
  teach(command, {
    examples: ['ge label show lbl_06b1…', ["ge label show lbl_06b1… --json | jq -r '.label.trackingId'", '']],
    exitCodes: { 0: 'told', 1: 'there is no such label, the fleet refused, or does not answer' },
  });
}

export function registerLabelList(label: Command): void {
  const command = label
    .command('list')
    .argument('<order>', 'its id')
    .summary('every label of an order, oldest first')
    .description(`Shows every label of an order, oldest first.\n\n${whichFleet}`)
    .option('--json', 'print what the API answers as one object')
    .action(list);
  teach(command, {
    examples: ['ge label list 111-2233445-6677889'],
    exitCodes: { 0: 'told', 1: 'there is no such order, the fleet refused, or does not answer' },
  });
}

async function list(orderId: string, { json }: { json?: boolean }): Promise<void> {
  const page = await askFleet((client) => client.call(routes.labels.listLabels, { params: { orderId } }), {
    notFound: `There is no order ${orderId}.`,
  });
  if (json) return answer(page);
  if (page.items.length === 0) return console.log(`No label was asked for order ${orderId}.`);
  console.log(table(labelHeads, page.items.map(labelRow)));
}
