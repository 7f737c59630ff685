import { routes } from '@ge/api';
import type { Command } from 'commander';
import { watched } from '../feed/watched.ts';
import { whichFleet } from '../fleet-client.ts';
import { askAboutBatch } from '../label/labelIds.ts';
import { tellBatch, waitForBatch } from '../label/waitForBatch.ts';
import { teach } from '../teach.ts';
import { batchExitCodes } from './label-batch-submit.ts';

export function registerLabelBatchStatus(batch: Command): void {
  const command = batch
    .command('status')
    .argument('<batch>', 'its id, lbb_…')
    .summary('how its items stand; --follow waits for its end')
    .description(
      'Says how the items of a label batch stand, and what stands against the refused ones. With --follow, waits until none of ' +
        `them is under way any more, as submit does.\n\n${whichFleet}`,
    )
    .option('--follow', 'wait for its end')
    .option('--json', 'print one object: {ok, batch, refused}, with the first 100 refused items')
    .action(status);
  teach(command, {
    examples: [
      'ge label batch status lbb_06b1…',
      'ge label batch status lbb_06b1… --follow',
      ["ge label batch status lbb_06b1… --json | jq '.batch.counts'", ''],
    ],
    exitCodes: batchExitCodes,
  });
}

async function status(batchId: string, { follow, json = false }: { follow?: boolean; json?: boolean }): Promise<void> {
  if (follow)
    return watched(json, (watch) =>
      askAboutBatch(batchId, async (client) => tellBatch(client, await waitForBatch(client, batchId, watch), { json })),
    );
  await askAboutBatch(batchId, async (client) =>
    tellBatch(client, await client.call(routes.labelBatches.getLabelBatch, { params: { batchId } }), { json }),
  );
}
