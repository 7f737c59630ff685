import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boardActions } from '../board/boardActions.ts';
import { Browser, hidden } from './browser.ts';
import { addressOf, OpsFixture } from './opsFixture.ts';

let ops: OpsFixture;
beforeAll(async () => {
  ops = await OpsFixture.open();
});
afterAll(() => ops.close());

const pages = [
  '/',
  '/backlog',
  '/dead',
  '/why',
  '/audit',
  '/reason',
  '/metrics',
  '/board/',
  '/board/queue/label-purchase',
  '/board/static/js/main.js',
  '/no-such-page',
];
const calls = [...boardActions.keys()].map((call) => {
  const [method = '', route = ''] = call.split(' ');
  return [method.toUpperCase(), route.replace(':queueName', 'region-fanout').replace(/:\w+/g, '1-0')] as const;
});

describe('without a login', () => {
  test.each(pages)('%s leads to the login', async (path) => {
    const answer = await new Browser(ops.base).get(path);
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      path === '/' ? '/login' : `/login?next=${encodeURIComponent(path)}`,
    ]);
  });

  test('every call of the board is refused', async () => {
    const browser = new Browser(ops.base);
    for (const [method, path] of calls) {
      const answer = await browser.callBoard(method, path);
      expect([answer.status, await answer.json()], `${method} ${path}`).toMatchObject([
        401,
        { code: 'ops.login_needed' },
      ]);
    }
    expect((await browser.postForm('/logout', {})).status).toBe(401);
  });

  test('a forged or broken cookie is no login', async () => {
    const real = await ops.loggedIn();
    const cookie = real.cookies.get('ge_ops')!;
    const [text = '', signature = ''] = cookie.split('.');
    const content = JSON.parse(Buffer.from(text, 'base64url').toString()) as object;
    const later = Buffer.from(JSON.stringify({ ...content, expiresAt: 9e15 })).toString('base64url');
    for (const forged of [`${later}.${signature}`, `${text}.`, text, `${text}.${'A'.repeat(43)}`, '', `${cookie}.x`]) {
      const browser = new Browser(ops.base);
      browser.cookies.set('ge_ops', forged);
      expect((await browser.get('/')).status, forged).toBe(303);
    }
  });
});

describe('the login', () => {
  test('takes an operator key and goes on to the page that was asked for', async () => {
    const { key } = await ops.issueKey();
    const browser = new Browser(ops.base);
    const answer = await browser.logIn(key, '/board/queue/region-fanout?status=failed');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/board/queue/region-fanout?status=failed']);
    const session = answer.headers.getSetCookie().find((line) => line.startsWith('ge_ops='));
    expect(session).toMatch(/; HttpOnly/);
    expect(session).toMatch(/; SameSite=Lax/);
    expect((await browser.get('/')).status).toBe(200);
  });

  test.each(['//evil.example/', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/login'])(
    'does not lead to %s',
    async (next) => {
      const { key } = await ops.issueKey();
      const answer = await new Browser(ops.base).logIn(key, next);
      expect(answer.headers.get('location')).toBe('/');
    },
  );

  test('refuses unknown, revoked, seller, producer and limited keys alike', async () => {
    const base = addressOf(await ops.start({ LOGIN_ATTEMPTS: '100' }));
    const refused = [
      'ge_operator_nonsense',
      '',
      'ü'.repeat(20),
      (await ops.issueKey({ revokedAt: new Date() })).key,
      (await ops.issueKey({ scope: 'seller', sellerId: 'S1' as never })).key,
      (await ops.issueKey({ scope: 'producer' })).key,
      (await ops.issueKey({ operations: ['orders.create'] })).key,
    ];
    const texts = new Set<string>();
    for (const key of refused) {
      const answer = await new Browser(base).logIn(key);
      expect(answer.status).toBe(401);
      texts.add((await answer.text()).replace(/value="[^"]*"/g, ''));
    }
    expect(texts.size).toBe(1);
  });

  test('takes no form from another browser', async () => {
    const { key } = await ops.issueKey();
    const page = await (await new Browser(ops.base).get('/login')).text();
    const victim = new Browser(ops.base);
    await victim.get('/login');
    const answer = await victim.postForm('/login', { form: hidden(page, 'form'), next: '/', key });
    expect(answer.status).toBe(403);
    expect(victim.cookies.has('ge_ops')).toBe(false);
  });

  test('lets an address try only so often, good keys do not count, and says when to come back', async () => {
    const base = addressOf(await ops.start({ LOGIN_ATTEMPTS: '3', TRUST_PROXY: '1' }));
    const from = (address: string) => new Browser(base, { 'x-forwarded-for': address });
    const { key } = await ops.issueKey();
    for (let n = 0; n < 5; n += 1) expect((await from('203.0.113.9').logIn(key)).status).toBe(303);
    const statuses = await Promise.all([1, 2, 3, 4, 5].map(async () => (await from('203.0.113.9').logIn('no')).status));
    expect(statuses.sort()).toEqual([401, 401, 401, 429, 429]);
    const locked = await from('203.0.113.9').logIn(key);
    expect(locked.status).toBe(429);
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await from('203.0.113.10').logIn(key)).status).toBe(303);
  });

  test('behind https its cookies are Secure and tied to the host', async () => {
    const base = addressOf(await ops.start({ TRUST_PROXY: '1' }));
    const browser = new Browser(base, { 'x-forwarded-proto': 'https' });
    const answer = await browser.logIn((await ops.issueKey()).key);
    const cookies = answer.headers.getSetCookie().filter((line) => !/expires=thu, 01 jan 1970/i.test(line));
    expect(cookies.every((line) => /; Secure/.test(line))).toBe(true);
    expect(browser.cookies.has('__Host-ge_ops')).toBe(true);
    expect((await browser.get('/')).status).toBe(200);
  });
});

describe('a session', () => {
  test('ends the moment its key is revoked', async () => {
    const { id, key } = await ops.issueKey();
    const browser = new Browser(ops.base);
    await browser.logIn(key);
    expect((await browser.callBoard('GET', '/api/queues')).status).toBe(200);
    await ops.revoke(id);
    expect((await browser.callBoard('GET', '/api/queues')).status).toBe(401);
    expect((await browser.get('/')).status).toBe(303);
  });

  test('ends with the log-out, for copies of its cookie as well', async () => {
    const browser = await ops.loggedIn();
    const copy = new Browser(ops.base);
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
    const csrf = hidden(await (await browser.get('/')).text(), 'csrf');
    expect((await browser.postForm('/logout', { csrf: 'no' })).status).toBe(403);
    expect((await browser.postForm('/logout', { csrf })).headers.get('location')).toBe('/login');
    expect(browser.cookies.has('ge_ops')).toBe(false);
    expect((await copy.get('/')).status).toBe(303);
  });

  test('is accepted by every process that shares the secret, by no other', async () => {
    const env = { SESSION_SECRET: 'a secret of more than thirty-two bytes' };
    const [one, two] = [addressOf(await ops.start(env)), addressOf(await ops.start(env))];
    const browser = await ops.loggedIn(one);
    for (const [base, status] of [
      [two, 200],
      [ops.base, 303],
    ] as const) {
      const other = new Browser(base);
      for (const [name, value] of browser.cookies) other.cookies.set(name, value);
      expect((await other.get('/')).status).toBe(status);
    }
  });

  test('an operator key as bearer token does without one, and a wrong one is refused', async () => {
    const { key, id } = await ops.issueKey();
    const browser = new Browser(ops.base);
    const ask = () => browser.get('/metrics', { authorization: `Bearer ${key}` });
    expect((await ask()).status).toBe(200);
    expect(browser.cookies.size).toBe(0);
    await ops.revoke(id);
    expect((await ask()).status).toBe(401);
  });
});
