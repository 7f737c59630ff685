import { setTimeout as pause } from 'node:timers/promises';
import { ApiProblem, type Client, routes } from '@ge/api';
import { answer } from '../answer.ts';
import type { Watch } from '../feed/watched.ts';
import { batchInWords, batchSoFar, exitCodeOf, hasEnded, type LabelBatch } from './batchInWords.ts';
import { firstRefused, refusedTable } from './refusedItems.ts';

const lookEveryMs = 500;
const plainEveryMs = 5_000;

/** Follows a batch until nothing of it changes by itself any more. A fleet that is away meanwhile is asked again. */
export async function waitForBatch(
  client: Client,
  batchId: string,
  { line, signal, ifStopped }: Watch,
): Promise<LabelBatch> {
  ifStopped(`no longer waiting; the batch goes on: ge label batch status ${batchId} --follow`);
  let saidAt = Date.now();
  let said = '';
  for (let last: LabelBatch | null = null; ; await pause(lookEveryMs, undefined, { signal })) {
    try {
      last = await client.call(routes.labelBatches.getLabelBatch, { params: { batchId }, signal });
    } catch (error) {
      if (last === null || signal.aborted || !mayPass(error)) throw error;
      line.now('the fleet does not answer; it is asked again');
      continue;
    }
    const soFar = batchSoFar(last);
    line.now(soFar);
    if (hasEnded(last)) {
      line.end();
      return last;
    }
    if (process.stderr.isTTY || (last.state === said && Date.now() - saidAt < plainEveryMs)) continue;
    said = last.state;
    saidAt = Date.now();
    line.tell(soFar);
  }
}

const mayPass = (error: unknown): boolean =>
  error instanceof ApiProblem
    ? error.problem.status === 429 || error.problem.status >= 500
    : error instanceof TypeError;

export interface BatchOutcome {
  readonly json: boolean;
  readonly lines?: readonly number[] | null;
}

/** Says how a batch stands, with what stands against its refused items, and sets the exit code. */
export async function tellBatch(
  client: Client,
  batch: LabelBatch,
  { json, lines = null }: BatchOutcome,
): Promise<void> {
  const refused = batch.counts.refused > 0 ? await firstRefused(client, batch.id) : [];
  const exitCode = exitCodeOf(batch);
  process.exitCode = exitCode;
  if (json) return answer({ ok: exitCode === 0, batch, refused });
  const said = batchInWords(batch);
  if (refused.length > 0) said.push('', refusedTable(refused, batch.counts.refused, lines), '');
  said.push(...nextSteps(batch));
  console.log(said.join('\n'));
}

function nextSteps(batch: LabelBatch): string[] {
  const { id, state, format, counts } = batch;
  return [
    ...(counts.bought > 0 && format !== 'PNG' ? [`Print what is bought: ge label batch print ${id}`] : []),
    ...(state === 'paused' ? [`Go on with it: ge label batch resume ${id}`] : []),
    ...(hasEnded(batch) ? [] : [`How it goes on: ge label batch status ${id} --follow`]),
  ];
}
