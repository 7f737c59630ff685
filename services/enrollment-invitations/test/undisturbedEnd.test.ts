import type { CountryCode } from '@ge/domain';
import { createMailer } from '@ge/mailer';
import {
  deliverEverywhere,
  eventually,
  flushSpace,
  sellerRow,
  startService,
  startWorker,
  testDatabase,
  testSpace,
} from '@ge/testkit';
import { beforeAll, expect, test } from 'vitest';
import { handlersWith } from './fleet.ts';
import { startMailServer } from './mailServer.ts';
import { operation, putSellers, startCampaign, tracesOf } from './scene.ts';

const queue = 'enrollment-invitations';
const sellers = Array.from({ length: 40 }, (_, no) => `us-${String(no).padStart(2, '0')}`);

/**
 * Runs a campaign over forty sellers to its end. `twice`: two workers get every message at the same time; `flushed`: Redis
 * loses everything before the start, and again when the campaign and its first mails are under way.
 */
async function runWith(disturbance: 'none' | 'twice' | 'flushed') {
  const db = await testDatabase(12);
  const { database } = db;
  const spaces = disturbance === 'twice' ? [testSpace(), testSpace()] : [testSpace()];
  const [space] = spaces;
  const opening = Promise.withResolvers<void>();
  const server = await startMailServer(undefined, opening.promise);
  const mailer = createMailer({ smtpUrl: server.url, from: 'Global Express <ge@mail.example>' });
  const running: { stop(): Promise<void> }[] = [];
  const flush = () => flushSpace(space!, [queue]);
  const startWorkers = async () => {
    for (const one of spaces) {
      const options = { database, databaseUrl: db.url, space: one, env: { CONCURRENCY: '10' } };
      running.push(await startWorker(handlersWith(mailer), options));
    }
  };
  try {
    await putSellers(database, [
      ...sellers.map((id) => sellerRow(id)),
      sellerRow('cn-0', { country: 'CN' as CountryCode }),
    ]);
    const operationId = await startCampaign(database, 'cmp_one');
    if (disturbance === 'flushed') {
      running.push(
        await startService('relay', { databaseUrl: db.url, space: space!, env: { RELAY_RESEND_MS: '250' } }),
      );
      await eventually('pointers in Redis', async () => (await flush()) > 0);
      await database.transaction(async (tx) => {
        // The campaign cannot pass this seller, and the mail server answers nobody yet.
        await tx.query('select 1 from sellers where id = $1 for update', [sellers.at(-1)]);
        await startWorkers();
        await eventually('mails under way', () => server.inHand === 4);
        expect(await flush()).toBeGreaterThan(0);
      });
    } else await startWorkers();
    opening.resolve();
    if (disturbance !== 'flushed') await deliverEverywhere(database, spaces, queue);
    await eventually('the campaign closed', async () => (await operation(database, operationId)).state === 'closed');
    return {
      ...(await tracesOf(database, operationId)),
      mails: server.mails.map((mail) => mail.to![0]!.address).sort(),
    };
  } finally {
    opening.resolve();
    await Promise.all(running.map((one) => one.stop()));
    await mailer.close();
    await server.close();
    await db.drop();
  }
}

let undisturbed: Awaited<ReturnType<typeof runWith>>;

beforeAll(async () => {
  undisturbed = await runWith('none');
  expect(undisturbed.operation).toMatchObject({ total: 41, done: 41, counts: { invited: 40, mailsAccepted: 40 } });
  expect(undisturbed.mails).toHaveLength(40);
});

test('every message of a campaign and its mails delivered twice at the same time: the end is that of the undisturbed run', async () => {
  expect(await runWith('twice')).toEqual(undisturbed);
});

test('Redis losing everything before and in the middle of a campaign and its mails changes nothing about its end', async () => {
  expect(await runWith('flushed')).toEqual(undisturbed);
});
