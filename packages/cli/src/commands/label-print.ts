import { Readable } from 'node:stream';
import { routes } from '@ge/api';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { whichFleet } from '../fleet-client.ts';
import { askAboutLabel } from '../label/labelIds.ts';
import type { Label } from '../label/labelInWords.ts';
import { saveBytes } from '../save-bytes.ts';
import { teach } from '../teach.ts';

export function registerLabelPrint(label: Command): void {
  const command = label
    .command('print')
    .argument('<label>', 'its id, lbl_…')
    .summary('the label, or its commercial invoice, as a file')
    .description(
      `Writes a bought label as it came from the carrier or, with --invoice, the commercial invoice that customs want beside it.\n\n${whichFleet}`,
    )
    .option('-o, --out <file>', 'where to; - for standard output (default: <label>.pdf, .png or .zpl in this folder)')
    .option('--invoice', 'the commercial invoice, as PDF')
    .option('--json', 'print one object: {ok, label, document}')
    .action(print);
  teach(command, {
    examples: ['ge label print lbl_06b1… -o label.pdf', 'ge label print lbl_06b1… --invoice -o invoice.pdf'],
    exitCodes: {
      0: 'written',
      1: 'there is no such label, it is not bought, the fleet refused, or does not answer',
      2: 'it was asked for wrongly: no id of a label, no folder to write to',
    },
  });
}

interface Asked {
  readonly out?: string;
  readonly invoice?: boolean;
  readonly json?: boolean;
}

async function print(labelId: string, { out, invoice, json }: Asked): Promise<void> {
  await askAboutLabel(labelId, async (client) => {
    const params = { labelId };
    const label = await client.call(routes.labels.getLabel, { params });
    const bytes = await client.download(invoice ? routes.labels.printCommercialInvoice : routes.labels.downloadLabel, {
      params,
    });
    const document = out ?? (invoice ? `${labelId}-invoice.pdf` : `${labelId}.${extensionOf(label)}`);
    await saveBytes(Readable.fromWeb(bytes as never), document, invoice ? 'The invoice' : 'The label');
    if (json && document !== '-') answer({ ok: true, label, document });
    console.error(`${invoice ? 'The invoice' : 'The label'}: ${document}`);
  });
}

const extensionOf = ({ format }: Label): string => (format.startsWith('ZPL') ? 'zpl' : format.toLowerCase());
