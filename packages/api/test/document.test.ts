import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  defineRoute,
  download,
  instant,
  noContent,
  openApiDocument,
  routeCatalogue,
  statusOfCode,
} from '../src/index.ts';

type Json = Record<string, unknown>;

const everyRef = (node: unknown): string[] => {
  if (Array.isArray(node)) return node.flatMap(everyRef);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : everyRef(value),
  );
};

describe('the OpenAPI document', () => {
  const document = openApiDocument(routeCatalogue) as {
    paths: Record<string, Record<string, Json>>;
    components: { schemas: Json; headers: Json };
  };

  it('is an OpenAPI 3.1 document by its meta-schema', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it('resolves every reference within itself', () => {
    const refs = new Set(everyRef(document));
    expect(refs.size).toBeGreaterThan(10);
    for (const ref of refs) {
      const [, kind, name] = /^#\/components\/(schemas|headers)\/([\w-]+)$/.exec(ref) ?? [];
      expect(Object.keys(document.components[kind as 'schemas'] ?? {}), ref).toContain(name);
    }
  });

  it("keeps no buyer's address of any write under an idempotency key", () => {
    const withAddress = routeCatalogue.filter((route) => {
      const operation = document.paths[route.path]?.[route.method.toLowerCase()];
      return route.method !== 'GET' && everyRef(operation?.responses).includes('#/components/schemas/Order');
    });
    expect(withAddress.length).toBeGreaterThan(3);
    for (const route of withAddress) expect(route.notKept, route.id).toEqual(['/order/shipTo']);
  });

  it('has an operation for every route, with its problems by status', () => {
    for (const route of routeCatalogue) {
      const operation = document.paths[route.path]?.[route.method.toLowerCase()];
      expect(operation, route.id).toMatchObject({ operationId: route.id });
      const statuses = Object.keys(operation?.responses as Json);
      expect(statuses).toEqual(expect.arrayContaining(['400', '401', '403', '429', 'default']));
      if (route.problems.some((code) => statusOfCode(code) === 422)) expect(statuses).toContain('422');
    }
  });

  it('shows instants as text, requests as closed, downloads as bytes, and offers the key for writes', () => {
    const body = z.strictObject({ at: instant, note: z.string().default('') });
    const example = defineRoute({
      id: 'examples.make',
      method: 'POST',
      path: '/v1/examples/{name}',
      scopes: ['operator'],
      rule: null,
      summary: 'An example',
      params: z.strictObject({ name: z.string() }),
      body,
      responses: { 200: download('application/pdf'), 204: noContent },
      problems: [],
    });
    const { paths } = openApiDocument([example]) as typeof document;
    const operation = paths['/v1/examples/{name}']!.post!;
    expect(operation).toMatchObject({
      parameters: [
        { name: 'name', in: 'path', required: true },
        { name: 'Idempotency-Key', in: 'header' },
      ],
      requestBody: {
        content: {
          'application/json': {
            schema: {
              additionalProperties: false,
              required: ['at'],
              properties: { at: { $ref: '#/components/schemas/Instant' } },
            },
          },
        },
      },
      responses: { 200: { content: { 'application/pdf': { schema: { format: 'binary' } } } } },
    });
  });
});
