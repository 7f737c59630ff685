import { once } from 'node:events';
import { connect } from 'node:net';
import { createClient, isKnownCode, problem, routeCatalogue, routes } from '@ge/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemOf } from '../http/problems.ts';
import { refusedWith } from './refusedWith.ts';
import { aSeller, importSeller, poBox } from './sellers.ts';
import { startGateway, type TestGateway } from './startGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway?.close());

const send = (method: string, path: string, body?: BodyInit, headers: Record<string, string> = {}) =>
  fetch(gateway.baseUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${gateway.operatorKey}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });

const problemFrom = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return problem.parse(await response.json());
};

type BodyInit = NonNullable<RequestInit['body']>;

describe('a refusal of a rule', () => {
  it('names code, rule, field and remedy in the language of the request', async () => {
    const { sellerId, addressIds } = await importSeller(gateway.operator, { addresses: [poBox], generalAddress: null });
    const ask = (locale: 'zh-CN' | 'en-US') =>
      refusedWith(
        createClient({ baseUrl: gateway.baseUrl, apiKey: gateway.operatorKey, locale }).call(
          routes.addresses.setGeneralAddress,
          { params: { sellerId }, body: { addressId: addressIds[0]! } },
        ),
      );
    const english = await ask('en-US');
    const chinese = await ask('zh-CN');
    expect(english).toMatchObject({
      status: 422,
      code: 'address.po_box',
      type: '/docs#address.po_box',
      errors: [{ code: 'address.po_box', rule: 'R6', field: '/generalAddress/line1' }],
    });
    expect(english.errors[0]!.message).toMatch(/post office box/);
    expect(english.errors[0]!.remedy).not.toBe('');
    expect(chinese).toMatchObject({ code: english.code, errors: [{ field: english.errors[0]!.field }] });
    for (const text of [chinese.title, chinese.detail, chinese.errors[0]!.message, chinese.errors[0]!.remedy]) {
      expect(text).toMatch(/\p{Script=Han}/u);
    }
  });
});

describe('a request that does not fit its schema', () => {
  it('is told every field by pointer, in both languages', async () => {
    const body = JSON.stringify({ sellers: [{ ...aSeller(), email: 'nonsense', colour: 'red', locale: 'fr' }] });
    const english = await problemFrom(await send('POST', '/v1/sellers', body, { 'accept-language': 'en' }));
    const chinese = await problemFrom(await send('POST', '/v1/sellers', body, { 'accept-language': 'zh' }));
    expect(english).toMatchObject({ status: 400, code: 'http.validation' });
    expect(english.errors.map(({ field }) => field).sort()).toEqual([
      '/sellers/0/colour',
      '/sellers/0/email',
      '/sellers/0/locale',
    ]);
    expect(chinese.errors.map(({ field }) => field).sort()).toEqual(english.errors.map(({ field }) => field).sort());
    for (const { message } of chinese.errors) expect(message).toMatch(/\p{Script=Han}/u);
  });

  it('is told the same of query and path', async () => {
    const query = await problemFrom(await send('GET', '/v1/sellers?limit=9999&colour=red'));
    expect(query.errors.map(({ field }) => field).sort()).toEqual(['/query/colour', '/query/limit']);
    const path = await problemFrom(await send('GET', `/v1/sellers/${'x'.repeat(65)}`));
    expect(path.errors[0]!.field).toBe('/path/sellerId');
  });

  it('is not read past the limits of size, depth and characters', async () => {
    const cases: readonly [BodyInit, Record<string, string>, string][] = [
      ['{', {}, 'http.malformed_json'],
      ['', {}, 'http.malformed_json'],
      [new Uint8Array([0x22, 0xff, 0x22]), {}, 'http.malformed_json'],
      ['['.repeat(100_000), {}, 'http.malformed_json'],
      [`{"address":{"name":"a\\u0000b"}}`, {}, 'http.malformed_json'],
      [`{"address":{"name":"\\ud800"}}`, {}, 'http.malformed_json'],
      [JSON.stringify('x'.repeat(300_000)), {}, 'http.too_large'],
      ['{}', { 'content-type': 'text/plain' }, 'http.unsupported_media_type'],
      ['{}', { 'content-encoding': 'gzip' }, 'http.unsupported_media_type'],
    ];
    for (const [body, headers, code] of cases) {
      const answer = await problemFrom(await send('POST', '/v1/addresses/check', body, headers));
      expect(answer.code, String(body).slice(0, 40)).toBe(code);
    }
  });

  it('leaves surrogate pairs and text that only looks like an escape alone', async () => {
    const name = '\u{1F6A2} \\u0000';
    const answer = await gateway.operator.call(routes.addresses.checkAddress, {
      body: { address: { ...poBox, name } },
    });
    expect(answer.valid).toBe(false);
  });
});

describe('the rest of the interface', () => {
  it('answers unknown paths, methods and texts with problems', async () => {
    expect((await problemFrom(await send('GET', '/v1/nothing'))).code).toBe('http.not_found');
    expect((await problemFrom(await send('GET', '/v1/sellers/%ff'))).code).toBe('http.not_found');
    expect((await problemFrom(await send('GET', '/v1/sellers?cursor=%00'))).code).toBe('http.validation');
    const wrong = await send('DELETE', '/v1/sellers');
    expect(wrong.headers.get('allow')).toBe('POST, GET');
    expect((await problemFrom(wrong)).code).toBe('http.method_not_allowed');
  });

  it('tells of its own failures that there was one, and nothing more', async () => {
    const broken = await startGateway();
    try {
      await broken.database.query('drop table suspensions');
      const answer = await refusedWith(broken.operator.call(routes.suspensions.listSuspensions));
      expect(answer).toMatchObject({ status: 500, code: 'http.internal', errors: [] });
      expect(JSON.stringify(answer)).not.toMatch(/suspensions|relation|select|\.ts|at /i);
    } finally {
      await broken.close();
    }
  });

  it('carries a request id, the caller’s own where it sends one', async () => {
    const own = await send('GET', '/v1/nothing', undefined, { 'x-request-id': 'caller-1234' });
    expect(own.headers.get('x-request-id')).toBe('caller-1234');
    expect((await problemFrom(own)).instance).toBe('urn:ge:request:caller-1234');
    const none = await send('GET', '/v1/nothing', undefined, { 'x-request-id': 'not\tgood' });
    expect(none.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    await none.body?.cancel();
  });

  it.each([
    ['one that is too large', 'application/json', 'x'.repeat(300_000), '413'],
    ['one that is no gzip', 'text/plain\r\nContent-Encoding: gzip', 'plain text', '400'],
    ['one of another type', 'image/png', 'x', '415'],
  ])(
    'answers a request that is still being sent, and hears it out before it hangs up: %s',
    async (_, type, part, status) => {
      const socket = connect(Number(new URL(gateway.baseUrl).port), '127.0.0.1');
      const said: string[] = [];
      const failures: unknown[] = [];
      socket
        .on('error', (error) => failures.push(error))
        .setEncoding('utf8')
        .on('data', (text) => said.push(String(text)));
      const chunk = `${part.length.toString(16)}\r\n${part}\r\n`;
      const path = type === 'application/json' ? 'templates' : 'feeds?type=inventory-loader';
      socket.write(
        `POST /v1/sellers/S-1/${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${gateway.operatorKey}\r\n` +
          `Content-Type: ${type}\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}`,
      );
      while (!said.join('').includes('"code"')) await once(socket, 'data');
      expect(said.join('')).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*Connection: close`));
      for (let no = 0; no < 20; no += 1) await new Promise((sent) => socket.write(chunk, sent));
      socket.write('0\r\n\r\n');
      await once(socket, 'close');
      expect(failures).toEqual([]);
    },
  );

  it('keeps a stop waiting for no connection on which nothing is asked', async () => {
    const other = await gateway.another();
    const silent = connect(Number(new URL(other.baseUrl).port), '127.0.0.1').on('error', () => undefined);
    await once(silent, 'connect');
    const startedAt = performance.now();
    await other.close();
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    silent.destroy();
  });

  it('documents every route and code', async () => {
    const document = (await (await fetch(`${gateway.baseUrl}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const documented = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(documented.sort()).toEqual(routeCatalogue.map(({ id }) => id).sort());
    const docs = await (await fetch(`${gateway.baseUrl}/docs`)).text();
    for (const { id, problems } of routeCatalogue) {
      expect(docs).toContain(`id="${id}"`);
      for (const code of problems) expect(isKnownCode(code), `${id}: ${code}`).toBe(true);
    }
  });
});

describe('a request that found no connection to the database free', () => {
  it('is told to come again, as one that found locks or a server that is going', () => {
    // The words of the pool of `pg`, which gives no code.
    const busy = new Error('timeout exceeded when trying to connect');
    for (const error of [busy, new Error('failed', { cause: busy }), Object.assign(new Error(), { code: '55P03' })])
      expect(problemOf(error, 'en-US', 'r')).toMatchObject({
        problem: { code: 'http.unavailable', status: 503 },
        headers: { 'Retry-After': '1' },
        unexpected: true,
      });
    expect(problemOf(new Error('else'), 'en-US', 'r').problem.code).toBe('http.internal');
  });
});
