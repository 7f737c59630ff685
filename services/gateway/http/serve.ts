import type { Route, Upload } from '@ge/api';
import { findKeptAnswer, type KeptAnswer, keepAnswer, takeIdempotencyKey } from '@ge/database';
import type { Locale } from '@ge/domain';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { GatewayConfig } from '../config.ts';
import { chooseLocale } from '../programme-page/chooseLocale.ts';
import { sendEvents } from '../streams/sendEvents.ts';
import type { Access } from './access.ts';
import type { Admission } from './admission.ts';
import type { AppContext } from './app.ts';
import type { AnyHandler, BytesReply, Call, Enquiry, EventsReply, Reply } from './handler.ts';
import { checkSameRequest, idempotencyKeyOf, keepable, requestHash } from './idempotency.ts';
import { parsePart } from './parseRequest.ts';
import { readJson } from './readJson.ts';
import { sendAnswer, sendBytes } from './send.ts';
import { SharedEnquiries } from './sharedEnquiries.ts';
import { type Spooled, spool } from './spool.ts';

const defaultMaxBytes = 256 * 1024;

/** What the frame knows of a request for the access log. */
export interface RequestNotes {
  readonly requestId: string;
  readonly locale: Locale;
  route: string;
  access: Access | null;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'bytes'; readonly reply: BytesReply }
  | { readonly kind: 'events'; readonly reply: EventsReply };

export const localeOf = (request: Request): Locale => chooseLocale(undefined, request.headers['accept-language']);

/** Runs one handler for one request: who, what, then load → decide → save in a transaction, then the answer. */
export function serve(handler: AnyHandler, context: Omit<AppContext, 'logger'>, admission: Admission) {
  const route: Route = handler.route;
  const enquiries = new SharedEnquiries();
  return async (request: Request, response: Response): Promise<void> => {
    const notes = response.locals.notes as RequestNotes;
    notes.route = route.id;
    const access = await admission.admit(route, request, response, notes);
    const key = idempotencyKeyOf(request, route);
    const { locale, requestId } = notes;
    const part = (schema: z.ZodType | undefined, value: unknown, origin: 'path' | 'query' | 'body') =>
      schema ? parsePart(schema, value, origin, locale) : undefined;
    const params = part(route.params, { ...request.params }, 'path');
    const query = part(route.query ?? noQuery, { ...request.query }, 'query');
    const sent = route.body ? await readJson(request, route.maxBytes ?? defaultMaxBytes) : undefined;
    const body = part(route.body, sent, 'body');
    const upload = route.upload ? await spool(request, capped(route.upload, context.config)) : null;
    try {
      if (upload) await admission.uploaded(access, upload.size);
      const now = context.clock.now();
      const input = { params, query, body, upload, access, locale, requestId, now, surroundings: context } as Enquiry;
      const outcome = await answerTo(handler, input, key, sent, enquiries);
      if (outcome.kind === 'bytes') await sendBytes(response, outcome.reply);
      else if (outcome.kind === 'events') await sendStates(context, route, outcome.reply, request, response, access);
      else sendAnswer(response, outcome.answer);
    } finally {
      await upload?.discard();
    }
  };
}

const noQuery = z.strictObject({});

/** Every state as the answer's schema says. */
function sendStates(
  { streams }: Pick<AppContext, 'streams'>,
  route: Route,
  reply: EventsReply,
  request: Request,
  response: Response,
  access: Access,
): Promise<void> {
  const schema = route.responses[reply.status]!.meta()!.events as z.ZodType;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return streams.run(access.keyId, gone.signal, async (signal) => {
    const states = reply.events(signal);
    const encoded = async function* () {
      for await (const state of states) yield { ...state, data: z.encode(schema, state.data as never) };
    };
    const lastEventId = request.headers['last-event-id'] as string | undefined;
    await sendEvents(response, encoded(), { lastEventId, heartbeatMs: streams.heartbeatMs, signal });
  });
}

const capped = (upload: Upload, { UPLOAD_MAX_BYTES }: Pick<GatewayConfig, 'UPLOAD_MAX_BYTES'>): Upload => ({
  ...upload,
  maxBytes: Math.min(upload.maxBytes, UPLOAD_MAX_BYTES),
});

async function answerTo(
  handler: AnyHandler,
  input: Enquiry,
  key: string | null,
  sent: unknown,
  enquiries: SharedEnquiries,
): Promise<Outcome> {
  const { database } = input.surroundings;
  const hash = key === null ? '' : hashOf(handler.route, input, sent);
  const { before } = handler;
  if (!before) return database.transaction((tx) => settle(handler, { ...input, tx }, key, hash, undefined));
  const kept = key === null ? null : await findKeptAnswer(database, input.access.keyId, key);
  if (kept) return replayed(kept, hash);
  const name = key === null ? null : JSON.stringify([input.access.keyId, key, hash, input.locale]);
  const answers = await enquiries.ask(name, () => before(input));
  return database.transaction((tx) => settle(handler, { ...input, tx }, key, hash, answers));
}

/** Inside the transaction: the answer kept under the key, or the handler's, kept under the key. */
async function settle(
  handler: AnyHandler,
  call: Call,
  key: string | null,
  hash: string,
  answers: unknown,
): Promise<Outcome> {
  const { route } = handler;
  if (key === null) return outcomeOf(route, await handler.run(call, answers));
  const request = { apiKeyId: call.access.keyId, key, requestHash: hash, now: call.now };
  const kept = await takeIdempotencyKey(call.tx, request);
  if (kept) return replayed(kept, hash);
  const outcome = outcomeOf(route, await handler.run(call, answers));
  await keep(call, route, key, outcome);
  return outcome;
}

function hashOf(route: Route, { params, query, upload }: Enquiry, sent: unknown): string {
  return requestHash(route, { params, query, body: sent, bytes: (upload as Spooled | null)?.sha256 });
}

function replayed(kept: KeptAnswer, hash: string): Outcome {
  checkSameRequest(kept.requestHash, hash);
  const headers = { 'Idempotency-Replayed': 'true' };
  return { kind: 'answer', answer: { status: kept.status, body: kept.answer ?? undefined, headers } };
}

async function keep({ tx, access }: Call, route: Route, key: string, outcome: Outcome): Promise<void> {
  if (outcome.kind !== 'answer') throw new Error('only an answer of its own can be kept under an idempotency key');
  const { status, body } = outcome.answer;
  await keepAnswer(tx, access.keyId, key, { status, body: keepable(route, body) });
}

/** Writes the reply the way its schema says: instants as text, and of rows only what the schema names. */
function outcomeOf(route: Route, reply: Reply<Route>): Outcome {
  if ('bytes' in reply) return { kind: 'bytes', reply };
  if ('events' in reply) return { kind: 'events', reply };
  const schema = route.responses[reply.status];
  if (!schema) throw new Error(`${route.id} declares no answer ${reply.status}`);
  const body = schema instanceof z.ZodUndefined ? undefined : z.encode(schema, reply.body as never);
  return { kind: 'answer', answer: { status: reply.status, body, headers: reply.headers ?? {} } };
}
