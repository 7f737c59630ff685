import { describe, expect, it } from 'vitest';
import { startCarrierSimulator } from '../index.ts';
import { startRig } from './simulatorFixture.ts';

describe('the administration of the simulator', () => {
  it('is closed to everyone without the token, and to all when no token is configured', async () => {
    await using rig = await startRig();
    const open = await startCarrierSimulator();
    for (const path of ['/ledger', '/ledger/calls', '/faults', '/abilities']) {
      expect((await fetch(rig.simulator.url + path)).status).toBe(401);
      expect((await fetch(open.url + path, { headers: { authorization: 'Bearer undefined' } })).status).toBe(401);
    }
    await open.close(0);
  });

  it('says of every answer that it comes from a simulator', async () => {
    await using rig = await startRig();
    for (const path of ['/', '/live', '/ready', '/express/tracking/1', '/parcel/api/track/v1/details/1', '/nothing']) {
      const answer = await fetch(rig.simulator.url + path);
      expect(answer.headers.get('x-carrier-simulator')).toBe('global-express-fleet');
      expect((await answer.text()).toLowerCase()).toContain('simulat');
    }
  });

  it('says beside what each carrier sells that it is simulated, without a credential and without a line in the book', async () => {
    await using rig = await startRig();
    const said = await Promise.all(
      ['/express/simulator', '/parcel/simulator', '/'].map(async (path) =>
        (await fetch(rig.simulator.url + path)).json(),
      ),
    );
    const [{ simulatorId }] = said as [{ simulatorId: string }];
    expect(said).toEqual([
      { simulator: true, carrier: 'express', simulatorId },
      { simulator: true, carrier: 'parcel', simulatorId },
      expect.objectContaining({ simulator: true, simulatorId }),
    ]);
    expect(await rig.ledger()).toMatchObject({ simulatorId, totals: { calls: {} } });
    await using other = await startRig();
    expect((await other.ledger()).simulatorId).not.toBe(simulatorId);
  });

  it('is alive, ready and counted', async () => {
    await using rig = await startRig();
    expect((await fetch(`${rig.simulator.url}/live`)).status).toBe(200);
    expect((await fetch(`${rig.simulator.url}/ready`)).status).toBe(200);
    const metrics = await (await fetch(`${rig.simulator.url}/metrics`)).text();
    expect(metrics).toMatch(/^carrier_simulator_charges_total 0$/m);
  });

  it('answers a body that is no JSON, and one that is too large, in the carrier’s own words', async () => {
    await using rig = await startRig();
    const post = (path: string, body: string) =>
      fetch(rig.simulator.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(await (await post('/express/shipments', '{')).json()).toMatchObject({
      detail: expect.stringMatching(/^2001:/),
    });
    const large = JSON.stringify({ text: 'x'.repeat(300_000) });
    expect(await (await post('/parcel/api/shipments/v1/ship', large)).json()).toMatchObject({
      response: { errors: [{ code: '120001' }] },
    });
  });

  it('changes what a carrier offers for lost answers while it runs', async () => {
    await using rig = await startRig();
    const off = { idempotencyKeys: false, lookUp: false };
    const on = { idempotencyKeys: true, lookUp: true };
    expect((await rig.admin('/abilities', { method: 'PUT', body: { express: off, parcel: on } })).status).toBe(200);
    expect(await (await rig.admin('/abilities')).json()).toMatchObject({ express: off, parcel: on });
  });
});
