import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { codeTable, httpProblems, isKnownCode, routeCatalogue } from '../src/index.ts';

/** Objects of a schema that would let unknown keys pass. */
function openObjects(node: unknown): unknown[] {
  if (typeof node !== 'object' || node === null) return [];
  const { properties, additionalProperties } = node as Record<string, unknown>;
  const own = typeof properties === 'object' && 'type' in node && additionalProperties !== false ? [node] : [];
  return [...own, ...Object.values(node).flatMap(openObjects)];
}

describe.each(routeCatalogue.map((route) => [route.id, route] as const))('%s', (_, route) => {
  it('names every placeholder of its path in its params, and nothing else', () => {
    const placeholders = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(route.params?.shape ?? {}).sort()).toEqual(placeholders.sort());
  });

  it('refuses what it does not know, at every depth', () => {
    const taken = [route.params, route.query, route.body].filter((schema) => schema !== undefined);
    const shapes = taken.map((schema) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
    expect(shapes.flatMap(openObjects)).toEqual([]);
  });

  it('lists known codes, and needs a body and changes something only where its method says so', () => {
    expect(route.problems.filter((code) => !isKnownCode(code))).toEqual([]);
    if (route.method === 'GET') expect(route.body ?? route.upload).toBeUndefined();
    if (route.body && route.upload) expect.fail('either a body or an upload');
    expect(route.scopes.length).toBeGreaterThan(0);
  });

  it('answers an object or nothing, so that answers can grow', () => {
    for (const schema of Object.values(route.responses)) {
      const isDownload = schema.meta()?.mediaTypes !== undefined;
      expect(isDownload || schema instanceof z.ZodUndefined || schema instanceof z.ZodObject).toBe(true);
    }
  });
});

describe('the catalogue', () => {
  it('has every id and every method of a path once', () => {
    const ids = routeCatalogue.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const calls = routeCatalogue.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`);
    expect(new Set(calls).size).toBe(calls.length);
  });
});

describe('the codes', () => {
  it('speak both languages and name a remedy', () => {
    for (const row of codeTable()) {
      for (const text of [row.en, row.zh, row.remedyEn, row.remedyZh]) expect(text, row.code).not.toBe('');
      expect(row.zh, row.code).toMatch(/\p{Script=Han}/u);
      expect(row.en, row.code).not.toMatch(/\p{Script=Han}/u);
    }
  });

  it('of the interface have a status of their own and never a rule', () => {
    for (const [code, { status }] of Object.entries(httpProblems)) {
      expect(code).toMatch(/^http\.[a-z_]+$/);
      expect(status).toBeGreaterThanOrEqual(400);
    }
  });
});
