import { errors, Pool } from 'undici';
import type { CallOptions } from '../port/carrier.ts';
import type { CarrierGate } from '../port/gate.ts';
import { WholeAnswer } from './wholeAnswer.ts';

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path and query, already encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** What became of one HTTP call, told apart by what the other side can have done. */
export type Exchange<Body = string> =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterSeconds?: number; readonly body: Body }
  /** The request never left this machine. */
  | { readonly kind: 'not_sent' }
  /** The request may have arrived, and the answer is lost. */
  | { readonly kind: 'lost'; readonly reason: 'TIMEOUT' | 'ABORTED' | 'CONNECTION_LOST' | 'ANSWER_TOO_LARGE' };

export interface CarrierConnection {
  /** Origin of the carrier, for instance `https://carrier.example`; a path prefix is kept. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Connections at a time; further calls wait. Default 256. */
  readonly connections?: number | undefined;
  /** What calls pass on their way; none where nobody else calls the carrier. */
  readonly gate?: CarrierGate | undefined;
  /** Largest answer read, in bytes; label documents are well below. Default 8 MiB. */
  readonly maxAnswerBytes?: number | undefined;
}

const utf8 = new TextDecoder();

/** Keeps connections to one carrier. No redirects, no retries, no decompression: an answer is taken as it comes or not at all. */
export class CarrierHttp {
  readonly #pool: Pool;
  readonly #prefix: string;

  constructor(connection: CarrierConnection) {
    const url = new URL(connection.baseUrl);
    this.#prefix = url.pathname.replace(/\/$/, '');
    this.#pool = new Pool(url.origin, {
      connections: connection.connections ?? 256,
      pipelining: 1,
      maxResponseSize: connection.maxAnswerBytes ?? 8 * 1024 * 1024,
      connect: { timeout: 5_000 },
    });
  }

  exchange(call: HttpCall, options: CallOptions): Promise<Exchange> {
    return this.#send(call, options, (bytes) => utf8.decode(bytes));
  }

  /** The bytes at a path. */
  download(path: string, options: CallOptions): Promise<Exchange<Uint8Array>> {
    return this.#send({ method: 'GET', path, headers: { accept: '*/*' } }, options, (bytes) => bytes);
  }

  async #send<Body>(
    call: HttpCall,
    { signal, timeoutMs }: CallOptions,
    read: (bytes: Buffer) => Body,
  ): Promise<Exchange<Body>> {
    if (signal?.aborted) return { kind: 'not_sent' };
    const answer = new WholeAnswer();
    let gaveUp: 'TIMEOUT' | 'ABORTED' | null = null;
    const giveUp = (reason: 'TIMEOUT' | 'ABORTED') => {
      gaveUp = reason;
      answer.giveUp(new Error(reason));
    };
    const deadline = setTimeout(giveUp, timeoutMs, 'TIMEOUT');
    const abort = () => giveUp('ABORTED');
    signal?.addEventListener('abort', abort);
    try {
      this.#pool.dispatch(
        {
          method: call.method,
          path: this.#prefix + call.path,
          headers: { accept: 'application/json', 'accept-encoding': 'identity', ...call.headers },
          body: call.body ?? null,
          // The deadline is that of the whole exchange.
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        answer,
      );
      const { status, headers, bytes } = await answer.heard;
      const retryAfterSeconds = retryAfter(headers['retry-after']);
      return {
        kind: 'answered',
        status,
        body: read(bytes),
        ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      };
    } catch (error) {
      if (neverLeft(error)) return { kind: 'not_sent' };
      return { kind: 'lost', reason: gaveUp ?? lossReason(error) };
    } finally {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', abort);
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

/** Seconds only, capped at an hour; a date or nonsense counts as not given. */
function retryAfter(header: string | string[] | undefined): number | undefined {
  if (typeof header !== 'string' || !/^\d{1,6}$/.test(header)) return undefined;
  return Math.min(Number(header), 3_600);
}

/** True only for failures of name look-up and of connecting: the one proof that nothing was sent. */
function neverLeft(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(neverLeft);
  if (!(error instanceof Error)) return false;
  if (error instanceof errors.ConnectTimeoutError) return true;
  const syscall = (error as NodeJS.ErrnoException).syscall;
  return syscall === 'connect' || syscall === 'getaddrinfo';
}

const lossReason = (error: unknown): 'CONNECTION_LOST' | 'ANSWER_TOO_LARGE' =>
  error instanceof errors.ResponseExceededMaxSizeError ? 'ANSWER_TOO_LARGE' : 'CONNECTION_LOST';
