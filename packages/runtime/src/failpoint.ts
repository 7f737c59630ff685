/** Places where a process may be made to die, so that the promises can be proved at exactly these. */
export type Failpoint =
  | 'batch.taken'
  | 'batch.saved'
  | 'batch.committed'
  | 'effect.claimed'
  | 'effect.called'
  | 'effect.settled';

const armed = process.env.GE_FAILPOINT;

/** Kills this process as `kill -9` would when `GE_FAILPOINT` names the point; otherwise nothing. Set by tests only. */
export function failpoint(point: Failpoint): void {
  if (armed === point) process.kill(process.pid, 'SIGKILL');
}
