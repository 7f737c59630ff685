import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CarrierId, openWebhook } from '@ge/carriers';
import { describe, expect, it } from 'vitest';
import type { CarrierSimulatorOptions, FaultScriptInput } from '../index.ts';
import { ready } from './purchaseFixture.ts';
import { call, dialects, patience, startRig } from './simulatorFixture.ts';

const secrets = { old: 'o'.repeat(32), new: 'n'.repeat(32) };

/** How each carrier's bodies are known, and what a key that is not in force is taken for. */
const marks = {
  'simulator-express': ['shipmentTrackingNumber', 'key_unknown'],
  'simulator-parcel': ['TrackNotification', 'key_unknown'],
  // It does not say which key it signed with.
  easypost: ['description', 'signature_wrong'],
} as const satisfies Record<CarrierId, readonly [property: string, outcome: string]>;

interface Told {
  readonly kind: string;
  readonly code?: string | undefined;
  readonly happenedAt?: Date | undefined;
  readonly body: string;
}

/** Takes deliveries as the fleet does; `answers` is the status of each request in turn, 200 when they are used up. */
async function listener(id: CarrierId, { answers = [] as number[], keys = secrets as Record<string, string> } = {}) {
  const told: Told[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const opened = openWebhook(id, keys, { headers: request.headers, body }, new Date());
    // Some tell all that happened before, too.
    const scan = opened.kind === 'opened' ? opened.scans.at(-1) : undefined;
    const kind = opened.kind === 'unsigned' ? opened.reason : opened.kind;
    told.push({ kind, code: scan?.code, happenedAt: scan?.happenedAt, body: body.toString() });
    response.writeHead(answers.shift() ?? 200).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    told,
    codes: () => told.map(({ code }) => code),
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

describe.each(dialects)('tracking events that $id tells', (dialect) => {
  const { id, carrier: name } = dialect;

  /** A parcel under way whose events are told to `url`. */
  async function telling(url: string, options: CarrierSimulatorOptions = {}) {
    const webhooks = { [name]: { url, keyId: 'old', secret: secrets.old } };
    const rig = await startRig({ webhooks, webhookPauseMs: 5, ...options });
    const { carrier, prepared } = await ready(rig, dialect, 'lbl_told', 'order/1');
    const bought = await carrier.buy(prepared, call);
    if (bought.kind !== 'purchased') throw new Error(bought.kind);
    return {
      rig,
      scan: (code: string, at = '2026-11-23T18:30:00.000Z', trackingId = bought.trackingId) =>
        rig.admin(`/tracking/${trackingId}/events`, { method: 'POST', body: { code, at } }),
      webhooks: async () => ((await (await rig.admin('/webhooks')).json()) as Record<string, object>)[name],
      [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose](),
    };
  }

  it('come signed, in the carrier’s own words, and in the order they happened in', async () => {
    await using fleet = await listener(id);
    await using parcel = await telling(fleet.url);
    await parcel.scan('first_scan');
    await parcel.scan('departed', '2026-11-24T06:00:00.000Z');
    await parcel.scan('delivered', '2026-11-26T10:00:00.000Z');
    await expect.poll(fleet.codes, patience).toEqual(['PickupDone', 'Departed', 'Delivered']);
    expect(fleet.told[0]).toMatchObject({ kind: 'opened', happenedAt: new Date('2026-11-23T18:30:00Z') });
    const body = JSON.parse(fleet.told[0]!.body) as object;
    expect(Object.keys(body)).toContain(marks[id][0]);
    await expect.poll(parcel.webhooks, patience).toEqual({
      url: fleet.url,
      keyId: 'old',
      waiting: 0,
      taken: 3,
      givenUp: 0,
      underWay: 0,
      sent: 3,
    });
    expect(JSON.stringify(await parcel.webhooks())).not.toContain(secrets.old);
  });

  it('are told again until they are taken, in order all the same', async () => {
    await using fleet = await listener(id, { answers: [500, 503, 404, 200, 302] });
    await using parcel = await telling(fleet.url);
    await parcel.scan('first_scan');
    await parcel.scan('delivered');
    const expected = ['PickupDone', 'PickupDone', 'PickupDone', 'PickupDone', 'Delivered', 'Delivered'];
    await expect.poll(fleet.codes, patience).toEqual(expected);
    await expect.poll(parcel.webhooks, patience).toMatchObject({ waiting: 0, taken: 2, sent: 6 });
  });

  it('are signed with the new key once it is told, while both are in force', async () => {
    await using fleet = await listener(id);
    await using parcel = await telling(fleet.url);
    await parcel.scan('first_scan');
    await expect.poll(() => fleet.told.length, patience).toBe(1);
    const body = { [name]: { url: fleet.url, keyId: 'new', secret: secrets.new } };
    expect((await parcel.rig.admin('/webhooks', { method: 'PUT', body })).status).toBe(200);
    await parcel.scan('delivered');
    await expect.poll(() => fleet.told.map(({ kind }) => kind), patience).toEqual(['opened', 'opened']);
    await using strict = await listener(id, { keys: { old: secrets.old } });
    const elsewhere = { [name]: { ...body[name], url: strict.url } };
    await parcel.rig.admin('/webhooks', { method: 'PUT', body: elsewhere });
    await parcel.scan('departed');
    await expect.poll(() => strict.told[0]?.kind, patience).toBe(marks[id][1]);
    await parcel.rig.admin('/webhooks', { method: 'PUT', body: { [name]: null } });
    expect(await parcel.webhooks()).toMatchObject({ url: null, keyId: null });
  });

  const asked = async (script: FaultScriptInput, codes: readonly string[], expected: number) => {
    await using fleet = await listener(id);
    await using parcel = await telling(fleet.url, { faults: script });
    for (const code of codes) await parcel.scan(code);
    await expect.poll(() => fleet.told.length, patience).toBe(expected);
    await expect.poll(parcel.webhooks, patience).toMatchObject({ waiting: 0, taken: codes.length, sent: expected });
    return { codes: fleet.codes(), bodies: fleet.told.map(({ body }) => body) };
  };
  const on = (effect: object, skip = 0) =>
    ({ operation: 'webhook', skip, effect }) as NonNullable<FaultScriptInput['rules']>[number];

  it('come twice where a script says so, the very same', async () => {
    const { codes, bodies } = await asked({ rules: [on({ kind: 'duplicated', copies: 2 })] }, ['first_scan'], 3);
    expect(codes).toEqual(['PickupDone', 'PickupDone', 'PickupDone']);
    expect(new Set(bodies).size).toBe(1);
  });

  it.each([
    ['are overtaken by the next one', { kind: 'reordered', withinMs: 60_000 }],
    ['come late', { kind: 'delayed', ms: 500 }],
  ])('%s where a script says so', async (_, effect) => {
    const { codes } = await asked({ rules: [on(effect)] }, ['first_scan', 'delivered'], 2);
    expect(codes).toEqual(['Delivered', 'PickupDone']);
  });

  it('meet the same fate under the same seed', async () => {
    const copies = (seed: string): FaultScriptInput => ({
      lotteries: [{ operation: 'webhook', seed, draws: [{ share: 0.5, effect: { kind: 'duplicated' } }] }],
    });
    const codes = ['first_scan', 'departed', 'arrived', 'out_for_delivery', 'delivered'];
    const sent = async (seed: string) => {
      await using fleet = await listener(id);
      await using parcel = await telling(fleet.url, { faults: copies(seed) });
      for (const code of codes) await parcel.scan(code);
      await expect.poll(parcel.webhooks, patience).toMatchObject({ waiting: 0, underWay: 0, taken: 5 });
      return fleet.codes();
    };
    const [first, second] = [await sent('s-1'), await sent('s-1')];
    expect(second).toEqual(first);
    expect(first.length).toBeGreaterThan(5);
  });
});
