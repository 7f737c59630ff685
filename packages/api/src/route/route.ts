import type { OperatorRole, RuleId } from '@ge/domain';
import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who may call: the programme's operator, a producer service (all sellers), or one seller (its own data only). */
export type Scope = 'operator' | 'producer' | 'seller';

/** A route that takes bytes instead of JSON, as a stream. */
export interface Upload {
  readonly mediaTypes: readonly string[];
  readonly maxBytes: number;
}

/**
 * Everything there is to know about one call of the API. Schemas of requests are strict; schemas of answers name what is
 * shown and leave the rest of a row out. Instants are ISO strings on the wire and Dates on both sides of it.
 */
export interface Route {
  /** Stable name: `templates.create`. The client, key permissions, logs and metrics use it. */
  readonly id: string;
  readonly method: Method;
  /** With `{placeholders}`, each of them in `params`. `{sellerId}` confines a seller key to itself. */
  readonly path: `/v1/${string}`;
  readonly scopes: readonly Scope[];
  /** What an operator key must be at least; `roleFor` says what holds unless told. */
  readonly role?: OperatorRole;
  /** The rules of the programme that the call serves. */
  readonly rule: RuleId | readonly RuleId[] | null;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly upload?: Upload;
  /** Largest JSON body in bytes; 256 KiB unless told. */
  readonly maxBytes?: number;
  /**
   * Where personal data and secrets stand in the answer, as JSON pointers, all nullable: what is kept under an
   * `Idempotency-Key` has null there, and so has the answer to a repeat. Who needs an address reads the thing itself; a
   * secret is shown in the first answer only.
   */
  readonly notKept?: readonly `/${string}`[];
  /** Queues that a success may add messages to. While one of them is full the call is refused with 503. */
  readonly appendsTo?: readonly string[];
  /** Accepted all the same: what stops or takes something back, or puts something right, must not wait. */
  readonly evenOverloaded?: boolean;
  /** By status. `noContent` for 204, `download` for bytes, `events` for server-sent events. */
  readonly responses: Readonly<Record<number, z.ZodType>>;
  /** Codes of the refusals that are peculiar to it; those every route has are added by the document. */
  readonly problems: readonly string[];
  /** What may stand beside them among the single reasons: the codes whose part before the dot is one of these. */
  readonly reasonsOf?: readonly string[];
}

/** What an operator key must be at least for a route: a viewer to read, an operator to write, where it does not say more. */
export const roleFor = (route: Route): OperatorRole => route.role ?? (route.method === 'GET' ? 'viewer' : 'operator');

/** Declares a route; the types of its parts follow from its schemas. */
export const defineRoute = <const R extends Route>(route: R): R => route;

type PartOut<R, Part extends string> = R extends { readonly [K in Part]: infer S extends z.ZodType }
  ? z.output<S>
  : undefined;
type PartIn<R, Part extends string> = R extends { readonly [K in Part]: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;

/** What a handler gets, parsed. */
export type ParamsOf<R extends Route> = PartOut<R, 'params'>;
export type QueryOf<R extends Route> = PartOut<R, 'query'>;
export type BodyOf<R extends Route> = PartOut<R, 'body'>;
/** What a caller gives. */
export type ParamsIn<R extends Route> = PartIn<R, 'params'>;
export type QueryIn<R extends Route> = PartIn<R, 'query'>;
export type BodyIn<R extends Route> = PartIn<R, 'body'>;

export type StatusOf<R extends Route> = keyof R['responses'] & number;
/** What comes back, with Dates for instants. */
export type AnswerOf<R extends Route, Status extends StatusOf<R> = StatusOf<R>> =
  Status extends StatusOf<R> ? z.output<R['responses'][Status]> : never;

/** A snapshot may be given where an answer is wanted: rows are readonly all the way down. */
export type DeepReadonly<T> = unknown extends T
  ? T
  : T extends string | number | boolean | bigint | null | undefined | Date
    ? T
    : T extends readonly (infer Item)[]
      ? readonly DeepReadonly<Item>[]
      : { readonly [K in keyof T]: DeepReadonly<T[K]> };
