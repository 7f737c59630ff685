import { createHash, randomUUID } from 'node:crypto';
import { ApiProblem, type Client, routes } from '@ge/api';
import { LABEL_CURRENCY, parseMoney } from '@ge/domain';
import { answer } from '../answer.ts';
import { count } from '../feed/feedInWords.ts';
import { unlessUnknown } from '../feed/unknownSeller.ts';
import { watched } from '../feed/watched.ts';
import { FleetAnswer } from '../fleet-answer.ts';
import { askFleet } from '../fleet-client.ts';
import { UserMistake } from '../mistake.ts';
import { type BatchBody, type BatchFile, readBatchFile } from './batchFile.ts';
import { refusedIn, refusedTable } from './refusedItems.ts';
import { tellBatch, waitForBatch } from './waitForBatch.ts';

export const labelFormats = ['PDF', 'PNG', 'ZPL203', 'ZPL300'] as const;
export const offerPreferences = ['cheapest', 'protected'] as const;

export interface BatchSubmission {
  readonly seller: string;
  readonly format?: (typeof labelFormats)[number];
  readonly choose?: (typeof offerPreferences)[number];
  readonly tolerate?: string;
  readonly allOrNothing?: boolean;
  readonly again?: boolean;
  readonly follow: boolean;
  readonly json?: boolean;
}

/** Sends a batch and, unless told otherwise, waits for what becomes of it. @param path `-` for standard input */
export async function submitBatch(path: string, given: BatchSubmission): Promise<void> {
  const { json = false, seller } = given;
  const priceTolerance = given.tolerate === undefined ? undefined : toleranceIn(given.tolerate);
  const file = await readBatchFile(path);
  const body: BatchBody = {
    ...file.body,
    ...(given.format && { format: given.format }),
    ...(given.choose && { choose: given.choose }),
    ...(priceTolerance && { priceTolerance }),
    ...(given.allOrNothing && { allOrNothing: true }),
  };
  await watched(json, (watch) =>
    askFleet(async (client) => {
      const { line, signal, ifStopped } = watch;
      line.tell(`${file.name}: ${count(body.items.length)} ${body.items.length === 1 ? 'parcel' : 'parcels'}`);
      const parting = 'interrupted before the fleet said that it has the batch';
      ifStopped(given.again ? parting : `${parting}; sent again, it is one batch all the same`);
      line.now('every parcel is judged');
      const { batch, wasSentBefore } = await send(client, file, body, { seller, again: given.again, json, signal });
      line.tell(
        wasSentBefore
          ? `label batch ${batch.id}: this was sent before, and is not bought twice (--again would)`
          : `label batch ${batch.id}: taken`,
      );
      const { lines } = file;
      if (given.follow) return tellBatch(client, await waitForBatch(client, batch.id, watch), { json, lines });
      const now = await client.call(routes.labelBatches.getLabelBatch, { params: { batchId: batch.id } });
      line.end();
      await tellBatch(client, now, { json, lines });
    }),
  );
}

interface Sending {
  readonly seller: string;
  readonly again: boolean | undefined;
  readonly json: boolean;
  readonly signal: AbortSignal;
}

async function send(client: Client, file: BatchFile, body: BatchBody, { seller, again, json, signal }: Sending) {
  try {
    const sent = await client.send(routes.labelBatches.createLabelBatch, {
      params: { sellerId: seller },
      body,
      idempotencyKey: again ? `labels-${randomUUID()}` : keyOf(seller, body),
      signal,
    });
    return { batch: sent.body.batch, wasSentBefore: sent.headers.get('idempotency-replayed') === 'true' };
  } catch (error) {
    throw error instanceof ApiProblem ? refusedAsAWhole(error, file, { seller, json }) : error;
  }
}

/** Of what is asked for alone: the same parcels on the same terms are one batch, wherever they are sent from. */
const keyOf = (seller: string, body: BatchBody): string =>
  `labels-${createHash('sha256')
    .update(`${seller}\n${JSON.stringify(body)}`)
    .digest('hex')}`;

function refusedAsAWhole(
  error: ApiProblem,
  { body, lines }: BatchFile,
  { seller, json }: Pick<Sending, 'seller' | 'json'>,
): unknown {
  const { problem } = error;
  if (problem.code !== 'label_batch.not_all_taken') return unlessUnknown(error, seller);
  const refused = refusedIn(
    problem,
    body.items.map(({ orderId }) => String(orderId)),
  );
  if (json) answer({ ok: false, error: problem.detail, refused });
  else console.log(refusedTable(refused, new Set(refused.map(({ itemNo }) => itemNo)).size, lines));
  return new FleetAnswer(problem.detail);
}

/** `5%` of the price that was agreed, or `1.50` in the currency of labels. */
function toleranceIn(written: string): NonNullable<BatchBody['priceTolerance']> {
  const [, percent] = /^(\d{1,3}(?:\.\d{1,2})?) ?%$/.exec(written) ?? [];
  if (percent !== undefined && Number(percent) <= 100) return { percent: Number(percent) };
  const amount = parseMoney(written, LABEL_CURRENCY);
  if (amount.ok && amount.value.minor >= 0) return { minor: amount.value.minor };
  throw new UserMistake(
    `--tolerate takes a percentage such as 5% or an amount in ${LABEL_CURRENCY} such as 1.50, not ${written}.`,
  );
}
