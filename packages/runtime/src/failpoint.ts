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

/**
 * Does to this process what a text in the payload says (`poison:throws`, `poison:kills`, `poison:blocks`), where `GE_FAILPOINT`
 * is `poison` or `poison@<job>`. Everywhere else such a text is like any other: data alone poison nobody.
 */
export function poisonpoint(payload: unknown, job: string): void {
  if (armed !== 'poison' || (onlyJob !== undefined && onlyJob !== job)) return;
  switch (/"poison:(throws|kills|blocks)/.exec(JSON.stringify(payload))?.[1]) {
    case 'throws':
      throw new Error('poison: it throws');
    case 'kills':
      process.kill(process.pid, 'SIGKILL');
      break;
    case 'blocks':
      // A timer would let the event loop go on.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, poisonBlocksMs);
  }
}

/** Longer than the locks of jobs are wherever poison is: somebody else is handed what is still in hand here. */
const poisonBlocksMs = 4_000;
