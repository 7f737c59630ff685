import { endEverything } from '@ge/embedded';

const exitCodes: Readonly<Record<string, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/**
 * Waits for a request to stop. Until `orderly()` is called a signal means giving up at once: everything started is
 * ended and the program exits. After that the first signal resolves `requested`, and a second one gives up.
 */
export interface StopSignal {
  readonly requested: Promise<NodeJS.Signals>;
  /** From now on somebody waits for `requested` and stops in order. */
  orderly(): void;
}

export function listenForStop(): StopSignal {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let isOrderly = false;
  let seen = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (isOrderly && !seen) {
      seen = true;
      resolve(signal);
      return;
    }
    void endEverything().then(() => process.exit(exitCodes[signal] ?? 1));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  return {
    requested: promise,
    orderly: () => {
      isOrderly = true;
    },
  };
}
