import { tellFailure } from '../answer.ts';
import { type ProgressLine, progressLine } from '../progress-line.ts';
import { listenForStop } from '../stop-signal.ts';

/** What somebody waits for who may stop waiting at any moment. */
export interface Watch {
  readonly line: ProgressLine;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** What Ctrl-C says from now on. */
  ifStopped(parting: string): void;
}

/**
 * Runs `work`, with its progress on standard error. A signal ends the waiting, not what is waited for: it is told how to go
 * on, and the exit code is the signal's.
 */
export async function watched<T>(json: boolean, work: (watch: Watch) => Promise<T>): Promise<T> {
  const stopSignal = listenForStop(json);
  const line = progressLine(process.stderr);
  const giveUp = new AbortController();
  let parting = 'interrupted';
  stopSignal.orderly();
  void stopSignal.requested.then(() => giveUp.abort());
  try {
    return await work({
      line,
      signal: giveUp.signal,
      ifStopped: (said) => {
        parting = said;
      },
    });
  } catch (error) {
    if (stopSignal.exitCode === undefined) throw error;
    line.end();
    tellFailure(parting, json);
    process.exit(stopSignal.exitCode);
  } finally {
    line.end();
  }
}
