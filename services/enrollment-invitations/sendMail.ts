import { sendMail as contract } from '@ge/contracts';
import { databaseTime, InvitationEntity, MailEntity, type MailRow } from '@ge/database';
import { type Invitation, invitationReminded, invitationSent, type MailId } from '@ge/domain';
import type { Mailer, MailOutcome, OutgoingMail } from '@ge/mailer';
import { dead, done, effectHandler, RowSet, retry, settle, skip, snooze } from '@ge/runtime';
import type { LinkSettings } from './config.ts';
import { dropMails } from './dropMails.ts';
import {
  claimMail,
  holdsClaim,
  isBeingSent,
  mailAccepted,
  mailPointless,
  mailPutBack,
  mailRefused,
  mailUnanswered,
} from './mailAttempt.ts';
import { readMailRows } from './mailRows.ts';
import { pointlessBecause, writeMail } from './writeMail.ts';

export interface SendMailSettings {
  /** Attempts at once. */
  readonly callsInFlight: number;
  /** Milliseconds one attempt may take. */
  readonly timeoutMs: number;
  readonly links: LinkSettings;
}

interface Attempt {
  readonly mailId: MailId;
  readonly invitationId: MailRow['invitationId'];
  readonly fence: number;
  readonly mail: OutgoingMail;
}

const counted = (name: string) => ({ progress: { counts: { [name]: 1 } } });

const countOf: Readonly<Record<MailRow['state'], string>> = {
  requested: 'mailsWaiting',
  claimed: 'mailsWaiting',
  accepted: 'mailsAccepted',
  refused: 'mailsRefused',
  abandoned: 'mailsAbandoned',
};

/** Hands a mail to the mail server: at most once more after an answer was lost, never to an invitation that has ended (R1). */
export const sendMail = (mailer: Pick<Mailer, 'send'>, { callsInFlight, timeoutMs, links }: SendMailSettings) => {
  const leaseMs = 3 * timeoutMs;
  return effectHandler({
    contract,
    callsInFlight,
    claim: {
      load: async (tx, jobs) => {
        const beginBy = performance.now() + leaseMs - 1.5 * timeoutMs;
        const mails = await tx.lock(MailEntity, [...new Set(jobs.map((job) => job.payload.mailId))]);
        const databaseNow = await databaseTime(tx);
        return {
          mails: new RowSet(mails, (row) => row.id),
          rows: await readMailRows(
            tx,
            mails.filter((mail) => !mail.endedAt),
          ),
          databaseNow,
          leaseUntil: new Date(databaseNow.getTime() + leaseMs),
          beginBy,
        };
      },
      decide: (job, { mails, rows, databaseNow, leaseUntil, beginBy }, now) => {
        const mail = mails.get(job.payload.mailId);
        if (!mail) return settle(dead('there is no such mail'));
        // Its attempt was written down after the message had moved on: only now is it counted.
        if (mail.endedAt) return settle(skip(`the mail is ${mail.state}`, counted(countOf[mail.state])));
        if (isBeingSent(mail, databaseNow)) return { kind: 'busy' };
        const written = rows.get(mail.id);
        if (!written) return settle(dead('there is no such seller'));
        const pointless = pointlessBecause(mail, written, now);
        if (pointless) {
          mails.put(mailPointless(mail, pointless, now));
          return settle(skip(pointless, counted('mailsPointless')));
        }
        const claimed = claimMail(mail, leaseUntil, now);
        mails.put(claimed);
        if (claimed.endedAt) return settle(done(counted('mailsAbandoned')));
        const attempt: Attempt = {
          mailId: mail.id,
          invitationId: mail.invitationId,
          fence: claimed.fence,
          mail: writeMail(mail, written, links),
        };
        return { kind: 'call', intent: attempt, beginBy };
      },
      save: async (tx, { mails }) => {
        await tx.update(MailEntity, mails.changed());
      },
    },
    call: (attempt: Attempt): Promise<MailOutcome> => mailer.send(attempt.mail, { timeoutMs }),
    settle: {
      load: async (tx, calls) => {
        const invitationIds = [...new Set(calls.flatMap(({ intent }) => intent.invitationId ?? []))];
        const invitations = await tx.lock(InvitationEntity, invitationIds);
        const mails = await tx.lock(MailEntity, [...new Set(calls.map(({ intent }) => intent.mailId))]);
        return {
          invitations: new RowSet<Invitation>(invitations, (row) => row.id),
          mails: new RowSet(mails, (row) => row.id),
        };
      },
      decide: ({ intent, result }, { invitations, mails }, now) => {
        const mail = mails.get(intent.mailId);
        if (!mail || !holdsClaim(mail, intent.fence))
          return snooze(leaseMs, 'somebody else has claimed the mail since');
        if (result.kind === 'not_begun') {
          mails.put(mailPutBack(mail, 'the attempt could not begin'));
          return snooze(1_000, 'the attempt could not begin');
        }
        const outcome: MailOutcome =
          result.kind === 'answered' ? result.value : { kind: 'unknown', reason: 'the attempt broke off' };
        switch (outcome.kind) {
          case 'accepted': {
            mails.put(mailAccepted(mail, now));
            const invitation = invitations.get(mail.invitationId ?? '');
            const noted = mail.kind === 'invitation-reminder' ? invitationReminded : invitationSent;
            if (invitation) invitations.put(noted(invitation, mail.revision, now));
            return done(counted('mailsAccepted'));
          }
          case 'refused': {
            const reason = `${outcome.code}: ${outcome.reason}`;
            mails.put(outcome.permanent ? mailRefused(mail, reason, now) : mailPutBack(mail, reason));
            return outcome.permanent ? done(counted('mailsRefused')) : retry(reason);
          }
          case 'unknown': {
            const next = mailUnanswered(mail, outcome.reason, now);
            mails.put(next);
            return next.endedAt ? done(counted('mailsAbandoned')) : retry(outcome.reason);
          }
        }
      },
      save: async (tx, { invitations, mails }) => {
        await tx.update(InvitationEntity, invitations.changed());
        await tx.update(MailEntity, mails.changed());
      },
    },
    onCancelled: dropMails,
  });
};
