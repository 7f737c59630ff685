import { sendMail } from '@ge/contracts';
import { appendMessages, outgoing } from '@ge/database';
import { eventually, type ServiceProcess, startService, type TestDatabase, testDatabase, testSpace } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cuttableRoad } from './fixtures/cuttableRoad.ts';

let db: TestDatabase;
let service: ServiceProcess | null;

beforeEach(async () => {
  db = await testDatabase();
  service = null;
});

afterEach(async () => {
  await service?.kill();
  await db.drop();
});

test.for(['relay', 'test/backbone/fixtures/dangerousService.ts'])(
  '%s stops at once although Redis is away',
  async (name) => {
    const space = testSpace();
    const road = await cuttableRoad(space.redisUrl);
    service = await startService(name, { databaseUrl: db.url, space: { ...space, redisUrl: road.url } });
    await road.cut();
    await db.database.transaction((tx) =>
      appendMessages(tx, [outgoing(sendMail, { payload: { mailId: 'mail_1' as never }, sellerId: 'S-1' })]),
    );
    await eventually('it has noticed', () => service!.log.some((line) => line.level === 'warn'));
    const asked = performance.now();
    await service.stop();
    expect(await service.ended).toBe(0);
    expect(performance.now() - asked).toBeLessThan(5_000);
  },
);
