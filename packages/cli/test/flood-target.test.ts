import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, routes } from '@ge/api';
import { expect, onTestFinished, test } from 'vitest';
import { startGe } from './started-ge.ts';

/** Where a carrier is said to be: nothing that speaks as a simulator, until it passes everything on to one. */
async function carrierInBetween() {
  let simulator: string | null = null;
  const server = createServer((asked, answer) => {
    if (simulator === null) return void answer.writeHead(404).end('{"detail":"1001: not here"}');
    const { method, headers } = asked;
    const passed = request(`${simulator}${asked.url}`, { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode!, answered.headers);
      answered.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passTo: (url: string) => {
      simulator = url;
    },
  };
}

test.runIf(process.env.GE_DEEP)(
  'a running fleet is flooded over its API, audited and left without work of the flood; while a carrier of it is no simulator it is refused',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ge-flood-target-'));
    // PostgreSQL runs as somebody else where the tests run as root.
    chmodSync(folder, 0o755);
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const carrier = await carrierInBetween();
    const up = startGe(['up', '--data', folder, '--json'], undefined, {
      CARRIERS: JSON.stringify({ 'simulator-express': {}, 'simulator-parcel': { url: carrier.url } }),
    });
    await up.saying('"event":"up"');
    const line = up
      .output()
      .split('\n')
      .find((one) => one.includes('"event":"up"'))!;
    const { addresses, operatorKey } = JSON.parse(line) as {
      readonly addresses: Readonly<Record<string, string>>;
      readonly operatorKey: string;
    };
    const gateway = addresses.gateway!;
    const simulator = addresses['carrier-simulator']!;
    const secrets = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as { carrierAdminToken: string };
    const client = createClient({ baseUrl: gateway, apiKey: operatorKey });
    const sellers = async () => (await client.call(routes.sellers.listSellers, { query: { limit: 200 } })).items;
    const load = ['--duration', '3s', '--rate', '10', '--sellers', '4', '--json'];
    const flood = (...more: string[]) =>
      startGe(['flood', '--target', gateway, ...load, ...more], undefined, {
        GE_KEY: operatorKey,
        GE_CARRIER_TOKEN: secrets.carrierAdminToken,
      });

    const refused = flood();
    expect(await refused.ended).toBe(2);
    expect(JSON.parse(refused.output())).toEqual({
      ok: false,
      error: `Nothing was sent: the fleet at ${gateway} buys labels from simulator-parcel, which is not the simulator.`,
    });
    expect(await sellers()).toEqual([]);

    carrier.passTo(simulator);
    const flooded = flood('--carrier', simulator);
    const code = await flooded.ended;
    const report = JSON.parse(flooded.output());
    expect(report).toMatchObject({
      ok: true,
      flooded: { kind: 'elsewhere', url: gateway },
      backlog: { drained: true },
      audit: { ok: true, findingsTotal: 0 },
      cleanedUp: { takenBack: expect.arrayContaining(['4 sellers deactivated']) },
      phases: { jobs: [] },
    });
    expect(code).toBe(0);
    expect(report.audit.accepted).toBeGreaterThan(10);
    expect(report.audit.checked).toMatchObject({ templates: 24, skus: 160, enrollments: 4 });
    expect(report.audit.checked.charges).toBe(report.audit.checked.labels);
    expect(report.flooded.notVisible.map(({ what }: { what: string }) => what)).toContain(
      'where jobs spent their time',
    );
    expect(flooded.output()).not.toContain(operatorKey);

    const left = await sellers();
    expect(left).toHaveLength(4);
    for (const { id: sellerId } of left) {
      const { enrollment, templates } = await client.call(routes.enrollment.getEnrollment, { params: { sellerId } });
      expect([enrollment?.state, templates.enabled]).toEqual(['deactivated', 0]);
    }
    expect((await client.call(routes.backlog.listBacklog)).items).toEqual([]);
    const open = await client.call(routes.orders.listOrders, {
      params: { sellerId: left[0]!.id },
      query: { state: 'pending' },
    });
    expect(open.items).toEqual([]);
    up.ctrlC();
    expect(await up.ended).toBe(130);
  },
  240_000,
);
