import type { CountryCode } from '@ge/domain';
import { eventually, type ServiceProcess, sellerRow, startService, testDatabase, testSpace } from '@ge/testkit';
import { beforeAll, expect, test } from 'vitest';
import { startMailServer } from './mailServer.ts';
import { operation, putSellers, secret, startCampaign, tracesOf } from './scene.ts';

/**
 * Runs a campaign over twelve sellers to its end with the relay and the worker as processes of their own, the first worker
 * dying at the failpoint (null = none does). Returns what is left behind but for ids and times, and the mails that arrived.
 */
async function runWith(failpoint: string | null) {
  const db = await testDatabase();
  const space = testSpace();
  const server = await startMailServer();
  const running: ServiceProcess[] = [];
  const start = async (name: string, more: Record<string, string> = {}) => {
    const env = {
      SMTP_URL: server.url,
      PUBLIC_URL: 'https://export.example',
      ENROLLMENT_SECRETS: secret,
      SELLERS_PER_SLICE: '5',
      ...more,
    };
    const service = await startService(name, { databaseUrl: db.url, space, env });
    running.push(service);
    return service;
  };
  try {
    await putSellers(db.database, [
      ...Array.from({ length: 12 }, (_, no) => sellerRow(`us-${no}`)),
      sellerRow('cn-0', { country: 'CN' as CountryCode }),
    ]);
    const operationId = await startCampaign(db.database, 'cmp_one');
    const victim = await start('enrollment-invitations', failpoint ? { GE_FAILPOINT: failpoint } : {});
    await start('relay');
    if (failpoint) {
      await victim.ended;
      expect(victim.process.signalCode).toBe('SIGKILL');
      // As if the minute and a half of its claims had passed.
      await db.database.query(`update mails set lease_until = now() where state = 'claimed'`);
      await start('enrollment-invitations');
    }
    await eventually(
      'the campaign closed',
      async () => (await operation(db.database, operationId)).state === 'closed',
      50_000,
    );
    return { left: await tracesOf(db.database, operationId), mails: server.mails };
  } finally {
    await Promise.all(running.map((service) => service.stop()));
    await server.close();
    await db.drop();
  }
}

let undisturbed: Awaited<ReturnType<typeof runWith>>;

beforeAll(async () => {
  undisturbed = await runWith(null);
  expect(undisturbed.mails).toHaveLength(12);
  expect(undisturbed.left.operation).toMatchObject({ total: 13, done: 13, counts: { invited: 12, mailsAccepted: 12 } });
});

test.each([
  { failpoint: 'batch.taken', copies: 1 },
  { failpoint: 'batch.saved', copies: 1 },
  { failpoint: 'batch.committed', copies: 1 },
  { failpoint: 'effect.claimed', copies: 1 },
  // The mail server has some mails whose acceptance was not written down yet.
  { failpoint: 'effect.called', copies: 2 },
  { failpoint: 'effect.settled', copies: 2 },
])(
  'killed with SIGKILL at $failpoint: the end is that of an undisturbed run, and each mail arrives at most $copies×',
  async ({ failpoint, copies }) => {
    const { left, mails } = await runWith(failpoint);
    expect(left).toEqual(undisturbed.left);
    const bySeller = Map.groupBy(mails, (mail) => mail.to![0]!.address);
    expect(bySeller.size).toBe(12);
    for (const received of bySeller.values()) {
      expect(received.length).toBeLessThanOrEqual(copies);
      expect(new Set(received.map((mail) => mail.messageId)).size).toBe(1);
    }
  },
);
