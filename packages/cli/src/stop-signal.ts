import { endEverything } from '@ge/embedded';
import { tellFailure } from './answer.ts';

/** Exit codes of a program that a signal has ended, as shells know them. */
export const signalExitCodes: Readonly<Record<string, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/**
 * Waits for a request to stop. Until `orderly()` is called a signal means giving up at once: everything started is
 * ended and the program exits. After that the first signal resolves `requested`, and a second one gives up.
 */
export interface StopSignal {
  readonly requested: Promise<void>;
  /** The exit code it asks for, once it has come. */
  readonly exitCode: number | undefined;
  /** From now on somebody waits for `requested` and stops in order. */
  orderly(): void;
}

/** @param json whether a reader of standard output waits for an object */
export function listenForStop(json: boolean): StopSignal {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isOrderly = false;
  let exitCode: number | undefined;
  let givingUp = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (givingUp) return;
    const isFirst = exitCode === undefined;
    exitCode = signalExitCodes[signal];
    if (isOrderly && isFirst) {
      resolve();
      return;
    }
    givingUp = true;
    tellFailure('interrupted', json);
    void endEverything().then(() => process.exit(exitCode));
  };
  for (const signal of Object.keys(signalExitCodes)) process.on(signal, onSignal);
  return {
    requested: promise,
    get exitCode() {
      return exitCode;
    },
    orderly: () => {
      isOrderly = true;
    },
  };
}
