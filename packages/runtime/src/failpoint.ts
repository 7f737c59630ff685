/** Places where a process may be made to die or to stand still, so that the promises can be proved at exactly these. */
export type Failpoint =
  | 'batch.taken'
  | 'batch.saved'
  | 'batch.written'
  | 'batch.committed'
  | 'effect.claimed'
  | 'effect.called'
  | 'effect.written'
  | 'effect.settled'
  | 'relay.selected'
  | 'relay.sent';

/** `<point>[@<job>][#<n>]`: for every job (of the relay: queue) or for one, the first time or the n-th that it is passed. */
const [armed, onlyJob, passing = '1'] = /^([^@#]*)(?:@([^#]*))?(?:#(\d+))?$/
  .exec(process.env.GE_FAILPOINT ?? '')!
  .slice(1);
let passed = 0;

/**
 * Kills this process as `kill -9` would when `GE_FAILPOINT` names the point (`batch.saved`, `batch.saved@apply-feed`,
 * `batch.saved#3`), or stops it where `GE_FAILPOINT_SIGNAL` is SIGSTOP; otherwise nothing. Set by tests only.
 */
export function failpoint(point: Failpoint, job: string): void {
  if (armed !== point || (onlyJob !== undefined && onlyJob !== job)) return;
  passed += 1;
  if (passed !== Number(passing)) return;
  process.kill(process.pid, process.env.GE_FAILPOINT_SIGNAL === 'SIGSTOP' ? 'SIGSTOP' : 'SIGKILL');
}
