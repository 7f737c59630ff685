import type { z } from 'zod';
import { problem, problemMediaType } from '../problem/problem.ts';
import type { AnswerOf, BodyIn, ParamsIn, QueryIn, Route, StatusOf } from '../route/route.ts';
import { type EventStream, eventMediaType } from '../schema/wire.ts';
import { ApiProblem, UnexpectedAnswer } from './apiProblem.ts';
import { followEvents } from './follow.ts';

/** Whatever `fetch` can send as a body. */
export type UploadBytes = NonNullable<RequestInit['body']>;

/** Bytes of an upload route, with the media type they have once unpacked. */
export interface SentBytes {
  readonly bytes: UploadBytes;
  readonly mediaType: string;
  /** How they are packed, where they are. */
  readonly contentEncoding?: 'gzip';
}

export interface ClientOptions {
  /** `http://127.0.0.1:8080`; paths are appended. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  /** Language of problems and warnings. */
  readonly locale?: 'zh-CN' | 'en-US';
  readonly fetch?: typeof globalThis.fetch;
}

type Part<Name extends string, Value> = [Value] extends [undefined]
  ? { readonly [K in Name]?: undefined }
  : Record<never, never> extends Value
    ? { readonly [K in Name]?: Value }
    : { readonly [K in Name]: Value };

export type CallInput<R extends Route> = Part<'params', ParamsIn<R>> &
  Part<'query', QueryIn<R>> &
  Part<'body', BodyIn<R>> & {
    readonly idempotencyKey?: string;
    readonly signal?: AbortSignal;
    readonly upload?: SentBytes;
  };

type Args<R extends Route> = Record<never, never> extends CallInput<R> ? [input?: CallInput<R>] : [input: CallInput<R>];

export interface Answer<R extends Route, Status extends StatusOf<R> = StatusOf<R>> {
  readonly status: Status;
  readonly body: AnswerOf<R, Status>;
  readonly headers: Headers;
}

export interface Client {
  /** The parsed body of a success. Throws ApiProblem with everything the server refused for. */
  call<R extends Route>(route: R, ...args: Args<R>): Promise<AnswerOf<R>>;
  /** The same with status and headers. */
  send<R extends Route>(route: R, ...args: Args<R>): Promise<Answer<R>>;
  /** What a route of server-sent events tells, state by state until the last one; connects anew where it breaks off. */
  follow<R extends EventRoute>(route: R, ...args: Args<R>): AsyncGenerator<StateOf<R>>;
  /** The bytes of a download as they come, for what is too large to be held. Throws ApiProblem for a refusal. */
  download<R extends DownloadRoute>(route: R, ...args: Args<R>): Promise<ReadableStream<Uint8Array>>;
}

/** A route that answers with bytes. */
type DownloadRoute = Route & { readonly responses: { readonly 200: z.ZodType<Blob> } };

/** A route that answers with server-sent events. */
type EventRoute = Route & { readonly responses: { readonly 200: z.ZodType<EventStream<unknown>> } };

type StateOf<R extends EventRoute> = z.output<R['responses'][200]> extends EventStream<infer State> ? State : never;

/** A client whose calls take their types from the routes. Answers are checked against the route's schema. */
export function createClient(options: ClientOptions): Client {
  const doFetch = options.fetch ?? globalThis.fetch;
  const ask = <R extends Route>(route: R, ...[input]: Args<R>): Promise<Response> =>
    doFetch(urlOf(options.baseUrl, route, input), {
      method: route.method,
      headers: headersOf(options, input),
      ...bodyOf(input),
      ...(input?.signal && { signal: input.signal }),
    });
  const send = async <R extends Route>(route: R, ...args: Args<R>): Promise<Answer<R>> =>
    readAnswer(route, await ask(route, ...args));
  const download: Client['download'] = async (route, ...args) => {
    const response = await ask(route, ...args);
    if (response.status === 200 && response.body) return response.body;
    await readAnswer(route, response);
    throw new UnexpectedAnswer(`${route.id} answered no bytes`);
  };
  const follow: Client['follow'] = (route, ...[input]) =>
    followEvents(
      async (lastEventId) => {
        const response = await doFetch(urlOf(options.baseUrl, route, input), {
          headers: {
            ...headersOf(options, input),
            accept: eventMediaType,
            ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
          },
          ...(input?.signal && { signal: input.signal }),
        });
        if (mediaTypeOf(response) === eventMediaType && response.body) return response.body;
        await readAnswer(route, response);
        throw new UnexpectedAnswer(`${route.id} answered no events`);
      },
      route.responses[200].meta()!.events as z.ZodType<never>,
      input?.signal,
    );
  return { send, follow, download, call: async (route, ...args) => (await send(route, ...args)).body };
}

function urlOf(baseUrl: string, route: Route, input: { params?: unknown; query?: unknown } | undefined): string {
  const params = (input?.params ?? {}) as Record<string, unknown>;
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const query = Object.entries((input?.query ?? {}) as Record<string, unknown>).filter(
    ([, value]) => value !== undefined,
  );
  const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return `${baseUrl.replace(/\/+$/, '')}${path}${search && `?${search}`}`;
}

interface Sent {
  readonly body?: unknown;
  readonly upload?: SentBytes;
  readonly idempotencyKey?: string;
}

function headersOf({ apiKey, locale }: ClientOptions, input: Sent | undefined): Record<string, string> {
  const mediaType = input?.upload?.mediaType ?? (input?.body === undefined ? undefined : 'application/json');
  return {
    ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
    ...(locale && { 'accept-language': locale }),
    ...(mediaType && { 'content-type': mediaType }),
    ...(input?.upload?.contentEncoding && { 'content-encoding': input.upload.contentEncoding }),
    ...(input?.idempotencyKey !== undefined && { 'idempotency-key': input.idempotencyKey }),
  };
}

function bodyOf(input: Sent | undefined): Pick<RequestInit, 'body'> & { duplex?: 'half' } {
  if (input?.upload) return { body: input.upload.bytes, duplex: 'half' };
  return input?.body === undefined ? {} : { body: JSON.stringify(input.body) };
}

async function readAnswer<R extends Route>(route: R, response: Response): Promise<Answer<R>> {
  const { status, headers } = response;
  if (mediaTypeOf(response) === problemMediaType) {
    throw new ApiProblem(problem.parse(await response.json()), retryAfterOf(headers));
  }
  const schema = (route.responses as Route['responses'])[status];
  if (!schema) {
    await response.body?.cancel();
    throw new UnexpectedAnswer(`${route.id} answered ${status}`);
  }
  const body = await contentOf(schema.meta()?.mediaTypes !== undefined, status, response);
  const parsed = schema.safeDecode(body as never);
  if (!parsed.success) throw new UnexpectedAnswer(`${route.id} answered what its schema does not know`, parsed.error);
  return { status: status as StatusOf<R>, body: parsed.data as AnswerOf<R>, headers };
}

const mediaTypeOf = ({ headers }: Response): string | undefined => headers.get('content-type')?.split(';', 1)[0];

function retryAfterOf(headers: Headers): number | null {
  const seconds = headers.get('retry-after');
  return seconds !== null && /^\d{1,6}$/.test(seconds) ? Number(seconds) : null;
}

const contentOf = async (isDownload: boolean, status: number, response: Response): Promise<unknown> => {
  if (isDownload) return response.blob();
  return status === 204 ? undefined : response.json();
};
