/** Places where a process may be made to die, so that the promises can be proved at exactly these. */
export type Failpoint =
  | 'batch.taken'
  | 'batch.saved'
  | 'batch.committed'
  | 'effect.claimed'
  | 'effect.called'
  | 'effect.settled';

const [armed, onlyJob] = (process.env.GE_FAILPOINT ?? '').split('@');

/**
 * Kills this process as `kill -9` would when `GE_FAILPOINT` names the point, for every job (`batch.saved`) or for one
 * (`batch.saved@apply-feed`); otherwise nothing. Set by tests only.
 */
export function failpoint(point: Failpoint, job: string): void {
  if (armed === point && (onlyJob === undefined || onlyJob === job)) process.kill(process.pid, 'SIGKILL');
}
