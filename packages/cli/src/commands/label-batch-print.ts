import { Readable } from 'node:stream';
import { routes } from '@ge/api';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { count } from '../feed/feedInWords.ts';
import { whichFleet } from '../fleet-client.ts';
import { hasEnded } from '../label/batchInWords.ts';
import { askAboutBatch } from '../label/labelIds.ts';
import { saveBytes } from '../save-bytes.ts';
import { teach } from '../teach.ts';

export function registerLabelBatchPrint(batch: Command): void {
  const command = batch
    .command('print')
    .argument('<batch>', 'its id, lbb_…')
    .summary('its labels as one document')
    .description(
      'Writes the labels of a batch that are bought so far as one document, in the order of its items: pages of one PDF, or ZPL ' +
        `one after another.\n\n${whichFleet}`,
    )
    .option('-o, --out <file>', 'where to; - for standard output (default: <batch>.pdf or .zpl in this folder)')
    .option('--json', 'print one object: {ok, batch, document}')
    .action(print);
  teach(command, {
    examples: [
      'ge label batch print lbb_06b1…',
      'ge label batch print lbb_06b1… -o labels.pdf',
      ['ge label batch print lbb_06b1… -o - | lp', 'to a printer'],
    ],
    exitCodes: {
      0: 'written',
      1: 'there is no such batch, nothing of it to print, the fleet refused, or does not answer',
      2: 'it was asked for wrongly: no id of a batch, no folder to write to',
    },
  });
}

async function print(batchId: string, { out, json }: { out?: string; json?: boolean }): Promise<void> {
  await askAboutBatch(batchId, async (client) => {
    const params = { batchId };
    const batch = await client.call(routes.labelBatches.getLabelBatch, { params });
    const document = out ?? `${batchId}.${batch.format === 'PDF' ? 'pdf' : 'zpl'}`;
    const bytes = await client.download(routes.labelBatches.downloadLabelBatch, { params });
    await saveBytes(Readable.fromWeb(bytes as never), document, 'The labels');
    if (json && document !== '-') answer({ ok: true, batch, document });
    const more = hasEnded(batch) ? '' : '; others are still to come';
    const { bought } = batch.counts;
    console.error(`${count(bought)} ${bought === 1 ? 'label' : 'labels'}: ${document}${more}`);
  });
}
