import type { Pointer } from '@ge/queue';

/**
 * Why a job must not be retried on the board, or null when a retry does what it says: a job of a producer that has no
 * row, or a pointer whose message is still owed under the very same turn. Attempts are counted in PostgreSQL, so a
 * pointer to a dead message would be settled unseen: the job would leave the board and nothing would have been run.
 */
export function whyNotRetry(job: {
  readonly state: string;
  readonly pointer: Pointer | null;
  /** The message as it stands now; null = gone. */
  readonly turn: { readonly state: 'ready' | 'dead'; readonly gen: number } | null;
}): string | null {
  if (job.state !== 'failed') return 'Only failed jobs are retried here.';
  if (job.pointer === null) return null;
  if (job.turn === null) return 'Its message was settled long ago: nothing is owed that a retry could run.';
  if (job.turn.state === 'dead') {
    return `Message ${job.pointer.id} is dead in PostgreSQL, where attempts are counted. A retry of its pointer would take it off the board without running it; the message itself has to be made ready again.`;
  }
  if (job.turn.gen !== job.pointer.gen) return 'Its message has come back under a newer job: look at that one.';
  return null;
}
