import type { AnswerOf, BodyOf, DeepReadonly, ParamsOf, QueryOf, Route, StatusOf } from '@ge/api';
import type { CarrierRegistry } from '@ge/carriers';
import type { Database, Transaction } from '@ge/database';
import type { Locale } from '@ge/domain';
import type { GatewayConfig } from '../config.ts';
import type { StateEvent } from '../streams/sendEvents.ts';
import type { Streams } from '../streams/streams.ts';
import type { Access } from './access.ts';
import type { Spooled } from './spool.ts';

/** What there is beyond a request's own transaction: for downloads, and for what is asked of others before it opens. */
export interface Surroundings {
  readonly database: Database;
  readonly config: GatewayConfig;
  readonly carriers: CarrierRegistry;
  readonly streams: Streams;
}

/** One request, authorised and parsed, inside the transaction that its answer stands or falls with. */
export interface Call<R extends Route = Route> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  /** The bytes of an upload route, received in full. */
  readonly upload: R extends { readonly upload: object } ? Spooled : null;
  readonly tx: Transaction;
  readonly surroundings: Surroundings;
  readonly now: Date;
  readonly access: Access;
  readonly locale: Locale;
  readonly requestId: string;
}

/** Bytes to be streamed as the answer; read after the transaction, so only what does not change any more. */
export interface BytesReply {
  readonly status: 200;
  readonly mediaType: string;
  readonly fileName: string;
  readonly bytes: () => AsyncIterable<Uint8Array>;
}

/** States to be sent as they come, after the transaction, until the signal. */
export interface EventsReply {
  readonly status: 200;
  readonly events: (signal: AbortSignal) => AsyncIterable<StateEvent>;
}

export type Reply<R extends Route> =
  | {
      [Status in StatusOf<R>]: {
        readonly status: Status;
        readonly body: DeepReadonly<AnswerOf<R, Status>>;
        readonly headers?: Readonly<Record<string, string>>;
      };
    }[StatusOf<R>]
  | BytesReply
  | EventsReply;

/** A request before its transaction is open. */
export type Enquiry<R extends Route = Route> = Omit<Call<R>, 'tx'>;

export interface Handler<R extends Route = Route, Answers = never> {
  readonly route: R;
  /** Asks others; see `handleAfter`. */
  readonly before?: (enquiry: Enquiry<R>) => Promise<Answers>;
  run(call: Call<R>, answers: Answers): Promise<Reply<R>>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of handlers holds many routes; each one is checked where it is declared
export type AnyHandler = Handler<any, any>;

/**
 * Declares what a route does: load → decide → save with `call.tx`, which commits when the reply is returned and rolls
 * back when something is thrown. Refusals are thrown (`decided`, `Refused`, `NotFound`).
 */
export const handle = <R extends Route>(route: R, run: (call: Call<R>) => Promise<Reply<R>>): Handler<R> => ({
  route,
  run,
});

/**
 * The same for what needs somebody else's answer first, such as a carrier's: `before` runs outside any transaction, so that
 * no connection and no lock waits for them. It changes nothing, and what it read may have changed when `run` decides. A
 * repeat under an `Idempotency-Key` that was answered asks nobody again, and those under way at once ask together.
 */
export const handleAfter = <R extends Route, Answers>(
  route: R,
  before: (enquiry: Enquiry<R>) => Promise<Answers>,
  run: (call: Call<R>, answers: Answers) => Promise<Reply<R>>,
): Handler<R, Answers> => ({ route, before, run });
