import { routes } from '@ge/api';
import { formatMoney } from '@ge/domain';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { count } from '../feed/feedInWords.ts';
import { unlessUnknown } from '../feed/unknownSeller.ts';
import { askFleet, whichFleet } from '../fleet-client.ts';
import { ago } from '../moments.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

export function registerLabelBatchList(batch: Command): void {
  const command = batch
    .command('list')
    .summary("a seller's label batches, the newest first")
    .description(`Shows the label batches of a seller, the newest first; 200 at most.\n\n${whichFleet}`)
    .requiredOption('--seller <id>', 'whose batches')
    .option('--json', 'print what the API answers as one object')
    .action(list);
  teach(command, {
    examples: ['ge label batch list --seller S-1042'],
    exitCodes: { 0: 'told', 1: 'the fleet refused, or does not answer', 2: 'it was asked for wrongly: no such seller' },
  });
}

async function list({ seller, json }: { seller: string; json?: boolean }): Promise<void> {
  const page = await askFleet((client) =>
    client
      .call(routes.labelBatches.listLabelBatches, { params: { sellerId: seller }, query: { limit: 200 } })
      .catch((error: unknown) => {
        throw unlessUnknown(error, seller);
      }),
  );
  if (json) return answer(page);
  if (page.items.length === 0) return console.log(`Seller ${seller} has no label batch.`);
  const rows = page.items.map(({ id, state, format, total, counts, charged, createdAt }) => [
    id,
    state,
    format,
    count(total),
    count(counts.bought),
    count(counts.refused),
    count(counts.waiting + counts.under_way),
    charged.map(formatMoney).join(', '),
    ago(createdAt),
  ]);
  console.log(
    table(['batch', 'state', 'format', 'parcels', 'bought', 'refused', 'to come', 'charged', 'asked for'], rows),
  );
}
