import { become, park } from './labelFence.ts';
import type { LabelPurchase } from './labelPurchase.ts';

/** What a job was to do with a label. */
export type LabelDuty = 'buy' | 'find_out' | 'void';

/** Whether nothing of a purchase has left for the carrier, so that it may be dropped without asking anybody. */
export const isUnsent = ({ state }: Pick<LabelPurchase, 'state'>): boolean =>
  state === 'requested' || state === 'claimed';

/**
 * What is left of a label whose job will never run again: of what never left for the carrier nothing was bought, so it ends
 * refused; what left waits for a person; a void may be asked for again. The label itself where another job has it in hand.
 */
export function giveUpLabel(label: LabelPurchase, duty: LabelDuty, now: Date): LabelPurchase {
  switch (label.state) {
    case 'requested':
    case 'claimed':
      if (duty !== 'buy') return label;
      return become(label, 'refused', { reason: 'given_up', leaseUntil: null, endedAt: now });
    case 'sent':
      return duty === 'void' ? label : park(label, 'given_up');
    case 'unknown':
      return duty === 'find_out' ? park(label, 'given_up') : label;
    case 'voiding':
      return duty === 'void' ? become(label, 'void_refused', { reason: 'given_up', leaseUntil: null }) : label;
    default:
      return label;
  }
}
