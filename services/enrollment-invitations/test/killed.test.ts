import { courseOf, type Database, InvitationEntity, SellerEntity, startOperation } from '@ge/database';
import type { CountryCode } from '@ge/domain';
import {
  deathsTried,
  eventually,
  type ServiceProcess,
  sellerRow,
  startAfterDeaths,
  startService,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { startMailServer } from './mailServer.ts';
import { dayMs, invitationRow, operation, putSellers, secret, startCampaign, tracesOf } from './scene.ts';

/** A campaign over twelve sellers and one who is not eligible. */
async function aCampaign(database: Database): Promise<string> {
  await putSellers(database, [
    ...Array.from({ length: 12 }, (_, no) => sellerRow(`us-${no}`)),
    sellerRow('cn-0', { country: 'CN' as CountryCode }),
  ]);
  return startCampaign(database, 'cmp_one');
}

/** Six invitations whose reminder is due, and six whose end is. */
function theirCourse(database: Database): Promise<string> {
  const ago = (days: number) => new Date(Date.now() - days * dayMs);
  const invitations = Array.from({ length: 12 }, (_, no) => {
    const createdAt = ago(no % 2 ? 8 : 15);
    const expiresAt = new Date(createdAt.getTime() + 14 * dayMs);
    return invitationRow(`us-${no}`, { createdAt, expiresAt, sentAt: createdAt });
  });
  return database.transaction(async (tx) => {
    await tx.insert(
      SellerEntity,
      invitations.map(({ sellerId }) => sellerRow(sellerId)),
    );
    await tx.insert(InvitationEntity, invitations);
    const due = invitations.flatMap((invitation) => {
      const [reminder, end] = courseOf(invitation);
      return invitation.expiresAt.getTime() < Date.now() ? [end!] : [reminder!];
    });
    return startOperation(tx, { kind: 'course', sellerId: null, now: new Date() }, due);
  });
}

/**
 * Brings what is owed to its end with the relay and the worker as processes of their own, one worker after another dying at
 * the failpoints. Returns what is left behind but for ids and times, and the mails that arrived.
 */
async function runWith(owe: (database: Database) => Promise<string>, failpoints: readonly string[]) {
  const db = await testDatabase();
  const space = testSpace();
  const server = await startMailServer();
  const running: ServiceProcess[] = [];
  const start = async (name: string, more: Readonly<Record<string, string>> = {}) => {
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
    const operationId = await owe(db.database);
    await start('relay');
    await startAfterDeaths(db.database, failpoints, async (env) => {
      // As if the minute and a half of a dead process's claims had passed.
      await db.database.query(`update mails set lease_until = now() where state = 'claimed'`);
      return start('enrollment-invitations', env);
    });
    await eventually(
      'the operation closed and every mail sent',
      async () =>
        (await operation(db.database, operationId)).state === 'closed' &&
        (await db.database.query(`select 1 from messages where name = 'send-mail'`)).length === 0,
      50_000,
    );
    return { left: await tracesOf(db.database, operationId), mails: server.mails };
  } finally {
    await Promise.all(running.map((service) => service.stop()));
    await server.close();
    await db.drop();
  }
}

const once = (...failpoints: string[]) => ({ failpoints, points: failpoints.join(' and '), copies: 1 });
/** The mail server has some mails whose acceptance was not written down yet. */
const atMostTwice = (failpoint: string) => ({ ...once(failpoint), copies: 2 });

describe.each([
  {
    owe: aCampaign,
    deaths: [
      ...deathsTried(['effect.called', 'effect.settled']).map(atMostTwice),
      ...deathsTried(['batch.saved', 'effect.claimed', 'batch.taken', 'batch.committed']).map((failpoint) =>
        once(failpoint),
      ),
    ],
    counted: { total: 13, done: 13, counts: { invited: 12, mailsAccepted: 12 } },
    mailed: 12,
  },
  {
    owe: theirCourse,
    deaths: [once('batch.saved@remind-invitation', 'batch.saved@expire-invitation')],
    counted: { total: 12, done: 12 },
    mailed: 6,
  },
])('$owe.name', ({ owe, deaths, counted, mailed }) => {
  let undisturbed: Awaited<ReturnType<typeof runWith>>;

  beforeAll(async () => {
    undisturbed = await runWith(owe, []);
    expect(undisturbed.mails).toHaveLength(mailed);
    expect(undisturbed.left.operation).toMatchObject(counted);
  });

  test.each(deaths)(
    'killed with SIGKILL at $points: the end is that of an undisturbed run, and each mail arrives at most $copies×',
    async ({ failpoints, copies }) => {
      const { left, mails } = await runWith(owe, failpoints);
      expect(left).toEqual(undisturbed.left);
      const bySeller = Map.groupBy(mails, (mail) => mail.to![0]!.address);
      expect(bySeller.size).toBe(mailed);
      for (const received of bySeller.values()) {
        expect(received.length).toBeLessThanOrEqual(copies);
        expect(new Set(received.map((mail) => mail.messageId)).size).toBe(1);
      }
    },
    120_000,
  );
});
