import type { Dispatcher } from 'undici';

type Controller = Dispatcher.DispatchController;
type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

/** An answer that has come to its end. */
export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/**
 * Gathers one answer as it comes off the connection. Beside every label there is one, and a stream with its signals would cost
 * more than the call itself.
 */
export class WholeAnswer implements Dispatcher.DispatchHandler {
  /** Fails with what went wrong on the way, or with what it was given up for. */
  readonly heard: Promise<Heard>;
  readonly #resolve: (heard: Heard) => void;
  readonly #reject: (error: Error) => void;
  readonly #chunks: Buffer[] = [];
  #controller: Controller | null = null;
  #givenUp: Error | null = null;
  #status = 0;
  #headers: Headers = {};

  constructor() {
    const { promise, resolve, reject } = Promise.withResolvers<Heard>();
    this.heard = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Waits no longer. A request that still waits for a connection does not leave any more. */
  giveUp(error: Error): void {
    this.#givenUp = error;
    this.#reject(error);
    this.#controller?.abort(error);
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    if (this.#givenUp) controller.abort(this.#givenUp);
  }

  onResponseStart(_controller: Controller, status: number, headers: Headers): void {
    // What is said before the answer itself is none.
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Controller, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, headers: this.#headers, bytes });
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.#reject(error);
  }
}
