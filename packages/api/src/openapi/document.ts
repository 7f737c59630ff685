import { z } from 'zod';
import { isHttpProblemCode, refusedStatus, statusOfCode } from '../problem/describe.ts';
import { problem, problemMediaType } from '../problem/problem.ts';
import { defaultProblems, problemsElsewhere, problemsOf } from '../problem/problemsOf.ts';
import type { Route } from '../route/route.ts';
import { eventMediaType } from '../schema/wire.ts';
import { codeTable } from './codeTable.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of the routes; every schema in it is the very schema that requests and answers are checked by. */
export function openApiDocument(routes: readonly Route[]): Json {
  const schemas: Json = {};
  const toJson = (schema: z.ZodType): Json => jsonSchema(schema, schemas);
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, toJson) };
  }
  toJson(problem);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Global Express Fleet',
      version: '1',
      description:
        'Writes take an `Idempotency-Key`. 202 means durable: the operation says how far it is. Texts follow `Accept-Language` (zh, en).',
    },
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } },
      schemas,
      headers,
    },
    'x-problems-elsewhere': problemsElsewhere,
    'x-problem-codes': codeTable(),
  };
}

function operationOf(route: Route, toJson: (schema: z.ZodType) => Json): Json {
  const isWrite = route.method !== 'GET';
  const parameters = [
    ...parametersOf(route.params, 'path', toJson),
    ...parametersOf(route.query, 'query', toJson),
    ...(isWrite ? [idempotencyKey] : []),
  ];
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.id.split('.')[0]],
    'x-scopes': route.scopes,
    ...(route.appendsTo && { 'x-appends-to': route.appendsTo }),
    'x-rules': route.rule ?? [],
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && {
      requestBody: { required: true, content: { 'application/json': { schema: toJson(route.body) } } },
    }),
    ...(route.upload && { requestBody: { required: true, content: bytesOf(route.upload.mediaTypes) } }),
    responses: { ...answersOf(route, toJson), ...refusalsOf(route) },
  };
}

const headerRef = (name: string): Json => ({ $ref: `#/components/headers/${name}` });
const limitHeaders = { 'RateLimit-Policy': headerRef('RateLimit-Policy'), RateLimit: headerRef('RateLimit') };

const headers = {
  'Retry-After': { description: 'Seconds after which the same request may succeed', schema: { type: 'string' } },
  'RateLimit-Policy': {
    description: 'What is allowed: `"seller";q=1000;w=10` is 1000 calls in 10 seconds; of every answer to a good key',
    schema: { type: 'string' },
  },
  RateLimit: {
    description:
      'What is left of it: `"seller";r=998;t=7` is 998 calls in the next 7 seconds; of every answer to a good key',
    schema: { type: 'string' },
  },
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 200 },
  description: 'The same key and request get the same answer and take effect once',
};

const bytesOf = (mediaTypes: readonly string[]): Json =>
  Object.fromEntries(
    mediaTypes.map((type) => [
      type,
      { schema: type === 'application/json' ? {} : { type: 'string', format: 'binary' } },
    ]),
  );

function answersOf(route: Route, toJson: (schema: z.ZodType) => Json): Json {
  return Object.fromEntries(
    Object.entries(route.responses).map(([status, schema]) => {
      const description = status === '202' ? 'Accepted and durable' : 'Done';
      if (schema instanceof z.ZodUndefined) return [status, { description }];
      return [status, { description, content: contentOf(schema, toJson) }];
    }),
  );
}

function contentOf(schema: z.ZodType, toJson: (schema: z.ZodType) => Json): Json {
  const { mediaTypes, events } = schema.meta() ?? {};
  if (events) return { [eventMediaType]: { schema: { type: 'string' }, 'x-event-data': toJson(events as z.ZodType) } };
  return mediaTypes ? bytesOf(mediaTypes as readonly string[]) : { 'application/json': { schema: toJson(schema) } };
}

/** Refusals by status, each of which occurs; what may befall any call stands under `default`. */
function refusalsOf(route: Route): Json {
  const byStatus = Map.groupBy(problemsOf(route), statusOfCode);
  const entries = [...byStatus].map(([status, codes]): [string, Json] => [
    String(status),
    { ...refusal(codes, waits(status)), ...(status === refusedStatus && reasonsOf(route)) },
  ]);
  return { ...Object.fromEntries(entries), default: refusal(defaultProblems, {}) };
}

/** Codes that only ever stand beside others, such as each single finding about the goods of a refused order. */
function reasonsOf({ reasonsOf: nouns }: Route): Json {
  if (!nouns) return {};
  const codes = codeTable().map(({ code }) => code);
  return { 'x-reasons': codes.filter((code) => nouns.includes(code.split('.', 1)[0]!)) };
}

const waits = (status: number): Json => {
  if (status === 429) return { 'Retry-After': headerRef('Retry-After'), ...limitHeaders };
  return status === 503 ? { 'Retry-After': headerRef('Retry-After') } : {};
};

const refusal = (codes: readonly string[], headers: Json): Json => ({
  description: codes.every(isHttpProblemCode) ? codes.join(', ') : `Refused by a rule: ${codes.join(', ')}`,
  'x-codes': codes,
  ...(Object.keys(headers).length > 0 && { headers }),
  content: { [problemMediaType]: { schema: { $ref: '#/components/schemas/Problem' } } },
});

function parametersOf(schema: z.ZodObject | undefined, where: 'path' | 'query', toJson: (schema: z.ZodType) => Json) {
  if (!schema) return [];
  return Object.entries(schema.shape).map(([name, part]) => ({
    name,
    in: where,
    required: where === 'path' || !(part as z.ZodType).safeParse(undefined).success,
    schema: toJson(part as z.ZodType),
  }));
}

/** One schema with its named parts moved to the document's components. */
function jsonSchema(schema: z.ZodType, components: Json): Json {
  const { $schema: _, $defs, ...own } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  for (const [name, definition] of Object.entries(($defs ?? {}) as Json)) components[name] ??= moved(definition);
  const name = schema.meta()?.id;
  if (name === undefined) return moved(own) as Json;
  components[name] ??= moved(own);
  return { $ref: `#/components/schemas/${name}` };
}

function moved(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(moved);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) => {
      if (key === 'id' && typeof value === 'string') return [];
      if (key === '$ref' && typeof value === 'string')
        return [[key, value.replace('#/$defs/', '#/components/schemas/')]];
      return [[key, moved(value)]];
    }),
  );
}
