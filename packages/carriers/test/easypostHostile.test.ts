import type { IncomingMessage, RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Carrier } from '../src/index.ts';
import { intent, startHostile } from './carrierFixture.ts';

const call = { timeoutMs: 2_000 };
const rate = { rate: '12.34', currency: 'USD' };
const shipment = { id: 'shp_1', updated_at: '2026-11-22T08:00:00Z', options: { label_format: 'PDF' } };
const sold = (labelUrl?: string) => ({
  ...shipment,
  selected_rate: rate,
  tracking_code: '1Z1',
  postage_label: labelUrl === undefined ? null : { created_at: '2026-11-22T08:00:00Z', label_url: labelUrl },
});
const failed = (code: string) => ({ error: { code, message: 'B. Buyer, 1 Main St', errors: [] } });
const pdf = '%PDF-1.7\nlabel\n%%EOF\n';

/** A purchase of the shipment `shp_1` by its rate `rate_1`, as it was quoted. */
function prepared(carrier: Carrier) {
  const { bodyHash } = carrier.prepare(intent);
  return carrier.prepare({ ...intent, offerToken: `shp_1.rate_1.${bodyHash}` });
}

type Answer = readonly [status: number, body: unknown, headers?: Record<string, string>];

/** EasyPost that answers each path as told; `asked` is what it was asked, with the credential that came along. */
async function startEasypost(answers: Readonly<Record<string, Answer | ((url: string) => Answer)>>) {
  const asked: string[] = [];
  const listener: RequestListener = (request: IncomingMessage, response) => {
    const path = `${request.method} ${request.url}`;
    asked.push(request.headers.authorization ? `${path} with credential` : path);
    const found = answers[path] ?? [404, ''];
    const [status, body, headers = {}] = typeof found === 'function' ? found(`http://${request.headers.host}`) : found;
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const terms = { dutyPaidServices: [], documentHosts: ['files.example'] };
  const hostile = await startHostile(listener, { id: 'easypost', terms });
  return { ...hostile, asked, purchase: prepared(hostile.carrier) };
}

const BUY = 'POST /v2/shipments/shp_1/buy';
const LOOK = 'GET /v2/shipments/shp_1';

describe('a purchase at EasyPost is neither refused nor made by an answer that proves neither', () => {
  it.each<[string, Answer, string]>([
    ['the shipment was bought before', [422, failed('SHIPMENT.POSTAGE.EXISTS')], 'BOUGHT_BEFORE'],
    ['it is being bought', [409, failed('SHIPMENT.PURCHASE.IN_PROGRESS')], 'BEING_BOUGHT'],
    ['the carrier behind it was silent', [400, failed('SHIPMENT.POSTAGE.NO_RESPONSE')], 'CARRIER_SILENT'],
    ['a bare 404 of some proxy', [404, '<html>not found</html>'], 'UNEXPECTED_STATUS'],
    ['an error in other words', [422, { error: 'Postage exists' }], 'UNEXPECTED_STATUS'],
    ['success for another shipment', [200, { ...sold(), id: 'shp_2' }], 'ANSWER_FOR_ANOTHER_PURCHASE'],
    ['success without anything bought', [200, shipment], 'ANSWER_UNREADABLE'],
    [
      'a charge of fractions of a cent',
      [200, { ...sold(), selected_rate: { ...rate, rate: '1.234' } }],
      'ANSWER_UNREADABLE',
    ],
    ['success without a label', [200, sold()], 'ANSWER_WITHOUT_LABEL'],
  ])('%s', async (_name, answer, reason) => {
    await using easypost = await startEasypost({ [BUY]: answer });
    expect(await easypost.carrier.buy(easypost.purchase, call)).toEqual({ kind: 'unknown', reason });
  });

  it.each<[string, string, Answer | undefined, string]>([
    ['on a host that is not on the list', 'https://elsewhere.example/label.pdf', undefined, 'DOCUMENT_NOT_FETCHED'],
    ['on a listed host without encryption', 'http://files.example/label.pdf', undefined, 'DOCUMENT_NOT_FETCHED'],
    ['on another port of a listed host', 'https://files.example:8443/label.pdf', undefined, 'DOCUMENT_NOT_FETCHED'],
    ['in the network behind this process', 'http://169.254.169.254/latest', undefined, 'DOCUMENT_NOT_FETCHED'],
    ['with a credential in its address', 'https://user:word@files.example/l.pdf', undefined, 'DOCUMENT_NOT_FETCHED'],
    ['on the disk', 'file:///etc/hostname', undefined, 'DOCUMENT_NOT_FETCHED'],
    ['no address at all', 'label.pdf', undefined, 'DOCUMENT_NOT_FETCHED'],
    ['somewhere else by a redirect', '/l', [302, '', { location: 'http://127.0.0.1:1/' }], 'DOCUMENT_NOT_FETCHED'],
    ['gone', '/l', [404, pdf], 'DOCUMENT_NOT_FETCHED'],
    ['larger than allowed', '/l', [200, `%PDF-${'x'.repeat(200_000)}%%EOF`], 'DOCUMENT_NOT_FETCHED'],
    ['no PDF', '/l', [200, '<html>sign in</html>'], 'LABEL_DAMAGED'],
    ['cut in its middle', '/l', [200, pdf.slice(0, 12)], 'LABEL_DAMAGED'],
  ])('a label that lies %s', async (_name, where, file, reason) => {
    await using easypost = await startEasypost({
      [BUY]: (own) => [200, sold(where.startsWith('/') ? own + where : where)],
      'GET /l': file ?? [500, ''],
    });
    expect(await easypost.carrier.buy(easypost.purchase, call)).toEqual({ kind: 'unknown', reason });
    expect(easypost.asked).toEqual([`${BUY} with credential`, ...(file ? ['GET /l'] : [])]);
  });

  it('a label that drips on past the deadline of the whole purchase', async () => {
    await using hostile = await startHostile(
      (request, response) => {
        if (request.method === 'POST') {
          response.end(JSON.stringify(sold(`http://${request.headers.host}/l`)));
          return;
        }
        const drip = setInterval(() => response.write('%PDF-'), 20);
        response.on('close', () => clearInterval(drip));
      },
      { id: 'easypost' },
    );
    const begun = performance.now();
    const outcome = await hostile.carrier.buy(prepared(hostile.carrier), { timeoutMs: 2_000 });
    expect(outcome).toEqual({ kind: 'unknown', reason: 'DOCUMENT_NOT_FETCHED' });
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});

describe('at EasyPost', () => {
  it('a label is fetched without the credential, and hashed', async () => {
    await using easypost = await startEasypost({ [BUY]: (own) => [200, sold(`${own}/l`)], 'GET /l': [200, pdf] });
    const outcome = await easypost.carrier.buy(easypost.purchase, call);
    expect(outcome).toMatchObject({ kind: 'purchased', charge: { minor: 1_234 }, document: { format: 'PDF' } });
    expect(easypost.asked).toEqual([`${BUY} with credential`, 'GET /l']);
  });

  it('nothing is sent where the offer was made for another shipment, or is no offer', async () => {
    await using easypost = await startEasypost({});
    const { offerToken } = easypost.purchase;
    const others = [
      { ...intent, offerToken, shipTo: { ...intent.shipTo, city: 'Hamburg' } },
      { ...intent, offerToken, labelFormat: 'PNG' as const },
      { ...intent, offerToken, exportFiling: 'X20261122123456' },
      { ...intent, offerToken: 'token' },
      { ...intent, offerToken: `shp_1/../shp_2.rate_1.${easypost.purchase.bodyHash}` },
    ];
    for (const other of others) {
      expect(await easypost.carrier.buy(easypost.carrier.prepare(other), call)).toMatchObject({
        kind: 'refused',
        code: 'carrier.offer_invalid',
        retry: 'never',
      });
    }
    expect(easypost.asked).toEqual([]);
  });

  it.each<[number, string, string, 'never' | 'later']>([
    [401, 'APIKEY.INACTIVE', 'carrier.credentials_refused', 'later'],
    [402, 'BILLING.INSUFFICIENT', 'carrier.funds_insufficient', 'later'],
    [422, 'ADDRESS.VERIFY.FAILURE', 'carrier.address_invalid', 'never'],
    [422, 'SHIPMENT.CUSTOMS_INFO.REQUIRED', 'carrier.customs_data_invalid', 'never'],
    [422, 'SHIPMENT.POSTAGE.FAILURE', 'carrier.refused', 'never'],
    [422, 'constructor', 'carrier.refused', 'never'],
  ])('the refusal %i %s is known as %s, in our words', async (status, carrierCode, code, retry) => {
    await using easypost = await startEasypost({ [BUY]: [status, failed(carrierCode)] });
    const outcome = await easypost.carrier.buy(easypost.purchase, call);
    expect(outcome).toMatchObject({ kind: 'refused', code, retry, carrierCode });
    expect(JSON.stringify(outcome)).not.toContain('Buyer');
  });

  it.each<[string, Answer | ((own: string) => Answer), string]>([
    ['a 404', [404, failed('NOT_FOUND')], 'unknown'],
    ['another shipment', [200, { ...sold(), id: 'shp_2' }], 'unknown'],
    ['a sold shipment without its label', [200, sold()], 'unknown'],
    ['a label that cannot be had', (own) => [200, sold(`${own}/gone`)], 'unknown'],
    ['a tracking code alone', [200, { ...shipment, tracking_code: '1Z1' }], 'unknown'],
    ['an unsold shipment', [200, shipment], 'not_bought'],
    ['a sold shipment', (own) => [200, sold(`${own}/l`)], 'bought'],
  ])('a look-up answered with %s', async (_name, answer, kind) => {
    await using easypost = await startEasypost({ [LOOK]: answer, 'GET /l': [200, pdf] });
    const asked = { ...easypost.purchase, sentAt: new Date('2026-11-22T07:00:00Z') };
    const outcome = await easypost.carrier.lookUp(asked, { ...call, now: new Date('2026-11-22T08:00:00Z') });
    expect(outcome.kind).toBe(kind);
  });

  it.each<[string, string | null, string, object, boolean]>([
    ['not asked for yet', null, 'submitted', { kind: 'pending' }, true],
    ['rejected before', 'rejected', 'submitted', { kind: 'pending' }, true],
    ['rejected again', 'rejected', 'rejected', { kind: 'refused', code: 'carrier.refund_rejected' }, true],
    ['under way', 'submitted', '', { kind: 'pending' }, false],
    ['given', 'refunded', '', { kind: 'voided', refund: { minor: 1_234, currency: 'USD' } }, false],
    ['not to be had', 'not_applicable', '', { kind: 'refused', code: 'carrier.refund_not_applicable' }, false],
    ['answered with nothing', null, 'none', { kind: 'unknown', reason: 'ANSWER_UNREADABLE' }, true],
  ])('a refund that is %s', async (_name, before, after, outcome, isAsked) => {
    const refund = 'POST /v2/shipments/shp_1/refund';
    await using easypost = await startEasypost({
      [LOOK]: [200, { ...sold(), refund_status: before }],
      [refund]: [200, { ...sold(), refund_status: after === 'none' ? null : after }],
    });
    expect(await easypost.carrier.void('shp_1', call)).toMatchObject(outcome);
    expect(easypost.asked).toEqual([LOOK, ...(isAsked ? [refund] : [])].map((path) => `${path} with credential`));
  });

  it('a carrier’s number that was used before is the newest parcel, and another number is none', async () => {
    const tracker = (created: string, status: string, code = '1Z1') => ({
      tracking_code: code,
      created_at: created,
      tracking_details: [{ status, status_detail: null, datetime: created }],
    });
    const trackers = [tracker('2024-01-01T00:00:00Z', 'failure'), tracker('2026-11-22T08:00:00Z', 'in_transit')];
    await using easypost = await startEasypost({
      'GET /v2/trackers?tracking_code=1Z1': [
        200,
        { trackers: [...trackers, tracker('2027-01-01T00:00:00Z', 'delivered', 'X')] },
      ],
      'GET /v2/trackers?tracking_code=X': [200, { trackers }],
    });
    expect(await easypost.carrier.track('1Z1', call)).toMatchObject({ kind: 'tracked', status: 'InTransit' });
    expect(await easypost.carrier.track('X', call)).toEqual({ kind: 'not_found' });
  });
});
