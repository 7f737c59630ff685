import { createMailer, type Mailer } from '@ge/mailer';
import { deliverEverywhere, startWorker, testDatabase, testSpace } from '@ge/testkit';
import { expireInvitation } from '../expireInvitation.ts';
import { remindInvitation } from '../remindInvitation.ts';
import { runCampaign } from '../runCampaign.ts';
import { sendMail } from '../sendMail.ts';
import { type Answer, startMailServer } from './mailServer.ts';
import { links, TestClock } from './scene.ts';

/** All handlers of the service; a campaign looks at seven sellers at a time. */
export const handlersWith = (mailer: Pick<Mailer, 'send'>) => [
  runCampaign(7),
  remindInvitation,
  expireInvitation,
  sendMail(mailer, { callsInFlight: 4, timeoutMs: 20_000, links }),
];

/** A database, a mail server and two workers that each get every job: nothing may happen twice. */
export async function startFleet(answerTo?: (recipient: string, attempt: number) => Answer) {
  const db = await testDatabase(12);
  const server = await startMailServer(answerTo);
  const clock = new TestClock();
  const mailer = createMailer({ smtpUrl: server.url, from: 'Global Express <ge@mail.example>' });
  const spaces = [testSpace(), testSpace()];
  const handlers = handlersWith(mailer);
  const workers = await Promise.all(
    spaces.map((space) => startWorker(handlers, { database: db.database, databaseUrl: db.url, space, clock })),
  );
  return {
    database: db.database,
    server,
    clock,
    /** Until nothing is owed that is due by the test's clock. */
    run: () => deliverEverywhere(db.database, spaces, 'enrollment-invitations', clock),
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      await mailer.close();
      await server.close();
      await db.drop();
    },
  };
}

export type Fleet = Awaited<ReturnType<typeof startFleet>>;
