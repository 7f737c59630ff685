import { z } from 'zod';

/** What an audit can find amiss, and what a person looks at next. Codes are never renamed. */
export const hints = {
  'command.lost':
    'It was answered as accepted, and nothing is known of it: look for a transaction that was rolled back',
  'command.doubled': 'One request was carried out twice: look at how its Idempotency-Key was kept',
  'command.open': 'Its operation is not closed: ./ge why <operation>',
  'command.miscounted': 'Done, failed and cancelled do not add up to its messages: ./ge why <operation>',
  'command.against_the_rules':
    'The rules refuse what was accepted: the check at the door is missing, or came too early',
  'message.owed': 'It is due and was not run: ./ge why <message>; is its worker running, its queue paused?',
  'message.dead': 'It was given up: ./ge dead',
  'message.ended_twice': 'Its effect may have happened twice: look at the lines of message_log',
  'message.vanished': 'Fewer messages have ended than the operation counts, and nothing is owed: a follow-up was lost',
  'receipt.missing': 'The job was put into BullMQ and never took effect: was it in Redis when Redis was lost?',
  'template.differs': 'An effect was lost, doubled, or overwritten by an older command: ./ge why <template>',
  'sku.differs': 'An effect was lost, doubled, or overwritten by an older command: ./ge why <seller>/<sku>',
  'order.differs': 'An order is not as its suspensions, labels and files leave it: ./ge why <order>',
  'enrollment.differs': 'The enrollment did not end as its last command says: ./ge why <seller>',
  'feed.missing': 'A feed has not come to its end, its row count or its report: ./ge why <feed>',
  'feed.doubled': 'A feed that nobody sent, or one that was taken twice',
  'label.missing': 'A label was asked for and not bought, or cannot be printed: ./ge why <order>',
  'label.doubled': 'An order has more labels than were asked for',
  'label.open': 'Nobody knows yet whether it was bought: ./ge why <label>',
  'mail.missing': 'A follow-up was lost: the mail that this command leads to was never sent',
  'mail.doubled': 'A mail was sent that no command leads to',
  'charge.missing': 'The label says that it was bought, and the carrier has no charge for it',
  'charge.doubled': 'The carrier charged one label more than once',
  'charge.unowed': 'The carrier charged what is not shown as bought here',
  'charge.amount_differs': 'The carrier charged another amount than the label says',
  'charge.void_differs': 'Voided here and not at the carrier, or the other way round',
} as const;

const findingCodes = Object.keys(hints) as FindingCode[];
export type FindingCode = keyof typeof hints;

/** One thing that is not as it must be. Subjects are ids; nothing personal stands here. */
export const finding = z.strictObject({
  code: z.enum(findingCodes as [FindingCode, ...FindingCode[]]),
  /** What kind of thing the subject is: `template`, `operation`, `label`, … */
  kind: z.string(),
  /** Its id. */
  subject: z.string(),
  expected: z.string(),
  found: z.string(),
  hint: z.string(),
});

export type Finding = z.infer<typeof finding>;

export const amiss = (
  code: FindingCode,
  { subject, expected, found }: { readonly subject: string; readonly expected: string; readonly found: string },
): Finding => ({ code, kind: code.slice(0, code.indexOf('.')), subject, expected, found, hint: hints[code] });
