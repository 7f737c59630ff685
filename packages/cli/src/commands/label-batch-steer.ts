import { routes } from '@ge/api';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { whichFleet } from '../fleet-client.ts';
import { batchInWords } from '../label/batchInWords.ts';
import { askAboutBatch } from '../label/labelIds.ts';
import { teach } from '../teach.ts';

const ways = [
  {
    name: 'pause',
    route: routes.labelBatches.pauseLabelBatch,
    summary: 'hold back what was not sent to a carrier',
    said: 'Holds back what was not sent to a carrier, until it is resumed or cancelled. What was sent ends as it ends.',
  },
  {
    name: 'resume',
    route: routes.labelBatches.resumeLabelBatch,
    summary: 'go on with a paused batch',
    said:
      'Goes on with a paused batch; offers that ended meanwhile are quoted again. Of one that goes on already, what has stepped ' +
      'aside because a carrier gave no answer is asked for at once.',
  },
  {
    name: 'cancel',
    route: routes.labelBatches.cancelLabelBatch,
    summary: 'end what was not sent to a carrier, for good',
    said:
      'Ends what was not sent to a carrier, for good. What was sent ends as it ends, and what is bought stays: `ge label void` ' +
      'takes a label back.',
  },
] as const;

export function registerLabelBatchSteering(batch: Command): void {
  for (const { name, route, summary, said } of ways) {
    const command = batch
      .command(name)
      .argument('<batch>', 'its id, lbb_…')
      .summary(summary)
      .description(`${said}\n\n${whichFleet}`)
      .option('--json', 'print one object: {ok, batch}')
      .action(async (batchId: string, { json }: { json?: boolean }) => {
        const steered = await askAboutBatch(batchId, (client) => client.call(route, { params: { batchId } }));
        if (json) answer({ ok: true, batch: steered });
        else console.log(batchInWords(steered).join('\n'));
      });
    teach(command, {
      examples: [`ge label batch ${name} lbb_06b1…`],
      exitCodes: {
        0: 'done',
        1:
          name === 'cancel'
            ? 'there is no such batch, the fleet refused, or does not answer'
            : 'there is no such batch, it was cancelled, the fleet refused, or does not answer',
      },
    });
  }
}
