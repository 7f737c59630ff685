import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startHostile } from './carrierFixture.ts';
import { HEADER, log, row } from './paymentLogFixture.ts';

const now = new Date('2026-11-27T12:00:00Z');

describe('a report of EasyPost', () => {
  const range = { start_date: '2026-10-30', end_date: '2026-11-28' };
  const short = { start_date: '2026-10-30', end_date: '2026-10-31' };
  const report = (more: object = {}) => ({
    id: 'plrep_1',
    status: 'available',
    created_at: now.toISOString(),
    ...range,
    ...more,
  });
  const call = { timeoutMs: 2_000, now };
  type Answer = readonly [status: number, body: unknown, headers?: Record<string, string>];

  async function start(answers: Readonly<Record<string, Answer | ((own: string) => Answer)>>) {
    const asked: string[] = [];
    const listener: RequestListener = (request, response) => {
      const path = `${request.method} ${request.url}`;
      asked.push(request.headers.authorization ? `${path} with credential` : path);
      const found = answers[path] ?? [404, ''];
      const [status, body, headers = {}] =
        typeof found === 'function' ? found(`http://${request.headers.host}`) : found;
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    const terms = { dutyPaidServices: [], documentHosts: ['files.example'] };
    return { ...(await startHostile(listener, { id: 'easypost', terms })), asked };
  }

  const LIST = 'GET /v2/reports/payment_log?page_size=100';
  const CREATE = 'POST /v2/reports/payment_log';
  const SHOW = 'GET /v2/reports/plrep_1';
  const listed = (...found: object[]): Answer => [200, { reports: found, has_more: false }];
  const unavailable = (reason: string) => ({ kind: 'unavailable', reason });
  const whole = log(row({ id: '1' }));

  it('is ordered where there is none of these days that is recent, and waited for', async () => {
    const others = [
      report({ end_date: '2026-11-27' }),
      report({ created_at: '2026-11-27T11:49:00Z' }),
      report({ status: 'failed' }),
      report({ status: 'new', created_at: '2026-11-27T10:59:00Z' }),
    ];
    await using easypost = await start({ [LIST]: listed(...others), [CREATE]: [200, report({ status: 'new' })] });
    expect(await easypost.carrier.statement(0, call)).toEqual({ kind: 'being_made' });
    expect(easypost.asked).toEqual([LIST, CREATE].map((path) => `${path} with credential`));
    await using busy = await start({ [LIST]: listed(report({ status: 'new' })) });
    expect(await busy.carrier.statement(0, call)).toEqual({ kind: 'being_made' });
  });

  it('that is made of other days than it was ordered for is not waited for', async () => {
    const made = report({ ...short, status: 'new' });
    await using easypost = await start({ [LIST]: listed(), [CREATE]: [200, made] });
    expect(await easypost.carrier.statement(0, call)).toEqual(unavailable('ANSWER_UNREADABLE'));
  });

  it('is fetched from where it lies without the credential', async () => {
    await using easypost = await start({
      [LIST]: listed(report()),
      [SHOW]: (own) => [200, report({ url: `${own}/r.csv?signed=1` })],
      'GET /r.csv?signed=1': [200, whole],
    });
    expect(await easypost.carrier.statement(0, call)).toMatchObject({
      kind: 'page',
      lines: [{ minor: 820 }],
      next: null,
    });
    expect(easypost.asked).toEqual([`${LIST} with credential`, `${SHOW} with credential`, 'GET /r.csv?signed=1']);
  });

  it('that is too large is asked for day by day, and a day that is too large is said to be', async () => {
    const big = [HEADER, ...Array.from({ length: 2_000 }, (_, i) => row({ id: String(i) }))].join('\n');
    const day = report({ id: 'plrep_2', ...short });
    const both = {
      [LIST]: listed(report(), day),
      [SHOW]: (own: string): Answer => [200, report({ url: `${own}/big` })],
      'GET /big': [200, big] as Answer,
    };
    await using easypost = await start({
      ...both,
      'GET /v2/reports/plrep_2': (own) => [200, { ...day, url: `${own}/day` }],
      'GET /day': [200, HEADER],
    });
    expect(await easypost.carrier.statement(0, call)).toMatchObject({
      kind: 'page',
      lines: [],
      next: expect.any(Number),
    });
    await using full = await start({
      ...both,
      'GET /v2/reports/plrep_2': (own) => [200, { ...day, url: `${own}/big` }],
    });
    expect(await full.carrier.statement(0, call)).toEqual(unavailable('ANSWER_TOO_LARGE'));
  });

  it.each<[string, (own: string) => Answer, Answer | undefined, object]>([
    [
      'on a host that is not on the list',
      () => [200, report({ url: 'https://elsewhere.example/r' })],
      undefined,
      unavailable('DOCUMENT_NOT_FETCHED'),
    ],
    [
      'in the network behind this process',
      () => [200, report({ url: 'http://169.254.169.254/r' })],
      undefined,
      unavailable('DOCUMENT_NOT_FETCHED'),
    ],
    [
      'somewhere else by a redirect',
      (own) => [200, report({ url: `${own}/r` })],
      [302, '', { location: 'http://127.0.0.1:1/' }],
      unavailable('DOCUMENT_NOT_FETCHED'),
    ],
    [
      'where its address has expired',
      (own) => [200, report({ url: `${own}/r` })],
      [403, '<Error/>'],
      unavailable('DOCUMENT_NOT_FETCHED'),
    ],
    ['nowhere yet', () => [200, report({ url: null })], undefined, { kind: 'being_made' }],
    [
      'under another report’s name',
      (own) => [200, report({ id: 'plrep_9', url: `${own}/r` })],
      undefined,
      unavailable('ANSWER_UNREADABLE'),
    ],
    [
      'where a page to sign in at does',
      (own) => [200, report({ url: `${own}/r` })],
      [200, '<html>sign in</html>'],
      unavailable('ANSWER_UNREADABLE'),
    ],
  ])('that lies %s is no statement', async (_, shown, file, expected) => {
    await using easypost = await start({ [LIST]: listed(report()), [SHOW]: shown, 'GET /r': file ?? [500, ''] });
    expect(await easypost.carrier.statement(0, call)).toEqual(expected);
  });

  it.each<[string, Answer, object]>([
    ['with the credential refused', [401, { error: { code: 'APIKEY.INACTIVE' } }], unavailable('CREDENTIALS_REFUSED')],
    ['with a storm', [429, '', { 'retry-after': '7' }], { ...unavailable('RATE_LIMITED'), retryAfterSeconds: 7 }],
    ['in other words', [200, { reports: [{ id: 'shprep_1' }] }], unavailable('ANSWER_UNREADABLE')],
  ])('is not to be had from a list answered %s', async (_, answer, expected) => {
    await using easypost = await start({ [LIST]: answer });
    expect(await easypost.carrier.statement(0, call)).toEqual(expected);
  });
});
