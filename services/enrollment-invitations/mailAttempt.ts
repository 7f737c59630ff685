import type { MailRow } from '@ge/database';

/** Outcomes that may stay unknown: after the second one the mail may have gone out twice, and never goes out again. */
const UNKNOWN_OUTCOMES_LIMIT = 2;

const LOST_ANSWER = 'the mail server gave no answer twice; the mail may have arrived twice and is not sent again';

const ended = (
  mail: MailRow,
  state: 'accepted' | 'refused' | 'abandoned',
  reason: string | null,
  now: Date,
): MailRow => ({
  ...mail,
  state,
  reason,
  leaseUntil: null,
  endedAt: now,
});

/** Whether somebody is at it: a claim counts until its lease ends by the database's clock. */
export const isBeingSent = (mail: MailRow, databaseNow: Date): boolean =>
  mail.state === 'claimed' && mail.leaseUntil !== null && mail.leaseUntil > databaseNow;

/**
 * Claims a mail nobody is at, or gives it up. A claim found with its lease ended belonged to a process that vanished
 * with the mail in hand: what became of that attempt is unknown.
 */
export function claimMail(mail: MailRow, leaseUntil: Date, now: Date): MailRow {
  const unknownOutcomes = mail.unknownOutcomes + (mail.state === 'claimed' ? 1 : 0);
  if (unknownOutcomes >= UNKNOWN_OUTCOMES_LIMIT)
    return ended({ ...mail, unknownOutcomes }, 'abandoned', LOST_ANSWER, now);
  return { ...mail, state: 'claimed', fence: mail.fence + 1, leaseUntil, unknownOutcomes };
}

/** The attempt was made with this claim and not with a later one. */
export const holdsClaim = (mail: MailRow, fence: number): boolean => mail.state === 'claimed' && mail.fence === fence;

export const mailAccepted = (mail: MailRow, now: Date): MailRow => ended(mail, 'accepted', null, now);

/** The server will not take this mail, now or later. */
export const mailRefused = (mail: MailRow, reason: string, now: Date): MailRow => ended(mail, 'refused', reason, now);

/** There is no reason left to send it. */
export const mailPointless = (mail: MailRow, reason: string, now: Date): MailRow =>
  ended(mail, 'abandoned', reason, now);

/** It certainly did not go out; it may be sent later. */
export const mailPutBack = (mail: MailRow, reason: string): MailRow => ({
  ...mail,
  state: 'requested',
  reason,
  leaseUntil: null,
});

/** It may have gone out: once more with the same Message-ID, or no more. */
export function mailUnanswered(mail: MailRow, reason: string, now: Date): MailRow {
  const counted = { ...mail, unknownOutcomes: mail.unknownOutcomes + 1 };
  return counted.unknownOutcomes >= UNKNOWN_OUTCOMES_LIMIT
    ? ended(counted, 'abandoned', LOST_ANSWER, now)
    : mailPutBack(counted, reason);
}
