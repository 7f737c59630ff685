import { type WhyReason, whyReason } from './whyReason.ts';

/** What is known of a message that is still there. */
export interface MessageStanding {
  readonly queue: string;
  readonly sellerId: string;
  readonly state: 'ready' | 'dead';
  readonly dueAt: Date | null;
  readonly attempts: number;
  readonly crashes: number;
  readonly snoozes: number;
  readonly lastError: string | null;
  readonly fingerprint: string | null;
  readonly cancelReason: string | null;
  /** Whether a transaction has it in hands. */
  readonly isRunning: boolean;
  /** Whether a relay holds its queue. */
  readonly isRelayed: boolean;
  /** What holds it back; `by` is the API key that paused, null where nobody wrote that down. */
  readonly pauses: readonly {
    readonly queue: string;
    readonly sellerId: string;
    readonly reason: string;
    readonly by: string | null;
  }[];
  /** Messages of the same seller that are to be run before it in the same queue. */
  readonly ahead: number;
}

type Held = MessageStanding['pauses'][number];

const held = ({ queue, sellerId, reason, by }: Held): WhyReason => {
  const params = { queue, sellerId, reason, by: by ?? '–' };
  if (sellerId === '*') return whyReason(queue === '*' ? 'message.everything_paused' : 'message.queue_paused', params);
  return whyReason(queue === '*' ? 'message.seller_paused' : 'message.seller_paused_in_queue', params);
};

/** How a message stands and what it waits for, the decisive reason first; whatever also holds it back comes behind. */
export function whyMessage(message: MessageStanding, now: Date): readonly WhyReason[] {
  const { attempts, crashes, snoozes, queue } = message;
  const reason = message.lastError ?? '–';
  if (message.state === 'dead')
    return [whyReason('message.dead', { attempts, reason, fingerprint: message.fingerprint ?? 'unknown' })];
  const notRelayed = message.isRelayed ? [] : [whyReason('message.not_relayed', { queue })];
  if (message.isRunning) return [whyReason('message.running')];
  // Cancelled messages are ended whoever is paused.
  if (message.cancelReason !== null)
    return [whyReason('message.cancelled', { reason: message.cancelReason }), ...notRelayed];

  const suspect = crashes > 0 ? [whyReason('message.suspect', { crashes })] : [];
  const holds = message.pauses.map(held);
  if (message.dueAt !== null && message.dueAt > now) {
    const { dueAt } = message;
    const later =
      message.lastError === null
        ? whyReason('message.not_due', {}, dueAt)
        : snoozes > 0 && attempts === 0
          ? whyReason('message.snoozed', { reason, snoozes }, dueAt)
          : whyReason('message.retrying', { reason, attempts }, dueAt);
    return [later, ...holds, ...notRelayed, ...suspect];
  }
  const stops = [...holds, ...notRelayed];
  if (message.ahead > 0) stops.push(whyReason('message.behind_own', { count: message.ahead, queue }));
  else if (stops.length === 0) stops.push(whyReason('message.in_turn', { queue }));
  return [...stops, ...suspect];
}

/** How a message stands that is there no more, by the last line of its history; null = its history is gone too. */
export function whyEnded(last: { readonly outcome: string; readonly reason: string | null } | null): WhyReason {
  if (!last) return whyReason('message.forgotten');
  const { outcome, reason } = last;
  return reason === null
    ? whyReason('message.ended', { outcome })
    : whyReason('message.ended_because', { outcome, reason });
}
