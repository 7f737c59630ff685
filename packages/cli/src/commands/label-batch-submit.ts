import { type Command, Option } from 'commander';
import { whichFleet } from '../fleet-client.ts';
import { parcelColumns } from '../label/parcelTable.ts';
import { type BatchSubmission, labelFormats, offerPreferences, submitBatch } from '../label/submitBatch.ts';
import { teach } from '../teach.ts';

/** What the exit code of a command says that tells how a label batch stands. */
export const batchExitCodes = {
  0: 'nothing of it was refused or cancelled, or waits for a person',
  1: 'something of it was, the fleet refused, or does not answer',
};

export function registerLabelBatchSubmit(batch: Command): void {
  const command = batch
    .command('submit')
    .argument('<file>', 'JSON, or a table with a parcel in each row; - for standard input')
    .summary('ask for labels, and wait for what becomes of each')
    .description(
      'Asks for labels of the parcels in a file, up to 10,000, and waits until each is bought or refused. Every parcel is judged ' +
        'before anything is bought; what is wrong with one keeps no other from being bought. The file is a body as the API takes ' +
        'it, its items alone, or a table (CSV, or parted by tabs or semicolons) whose columns are named in its first line:\n\n' +
        `  ${parcelColumns.join(' ')}\n\n` +
        'contents are lines of the order and their pieces, such as L1:2 L2:1. A row with an offer-token buys that offer and says ' +
        'nothing else of the parcel. What an option says goes before what the file says. The same file sent again for the same ' +
        'seller is the same batch, unless --again is told. Ctrl-C ends the waiting; the batch goes on.\n\n' +
        whichFleet,
    )
    .requiredOption('--seller <id>', 'whose parcels')
    .addOption(new Option('--format <format>', 'of all its labels; PDF unless told').choices(labelFormats))
    .addOption(
      new Option('--choose <offer>', 'which offer is bought where none is named; cheapest unless told').choices(
        offerPreferences,
      ),
    )
    .option('--tolerate <how much>', 'how much dearer an offer may have become that ended meanwhile: 5% or 1.50 (USD)')
    .option('--all-or-nothing', 'take nothing where an item is refused')
    .option('--again', 'make it a new batch even where the same file was sent before')
    .option('--no-follow', 'end once the fleet has it')
    .option('--json', 'print one object: {ok, batch, refused}, with the first 100 refused items')
    .action((path: string, given: BatchSubmission) => submitBatch(path, given));
  teach(command, {
    examples: [
      ['ge label batch submit parcels.csv --seller S-1042', ''],
      ['ge label batch submit batch.json --seller S-1042 --format ZPL203 --tolerate 5%', ''],
      ['ge label batch submit parcels.csv --seller S-1042 --all-or-nothing --no-follow', 'end once it is taken'],
      ['packed-today | ge label batch submit - --seller S-1042', 'from another program'],
      ["ge label batch submit parcels.csv --seller S-1042 --json | jq '.refused[].code'", ''],
    ],
    exitCodes: { ...batchExitCodes, 2: 'it was asked for wrongly: no such file or seller, or no batch in it' },
  });
}
