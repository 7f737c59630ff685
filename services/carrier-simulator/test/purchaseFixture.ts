import type { Carrier, Offer, PurchaseReference, StatementPage } from '@ge/carriers';
import { call, type dialects, enquiry, intentFor, type Rig } from './simulatorFixture.ts';

type DialectUnderTest = Pick<(typeof dialects)[number], 'id' | 'service'>;

/**
 * A carrier, an offer of its usual service and a purchase ready to be sent. `orderReference`: what EasyPost's book names it by, where
 * a seed is to meet the same name again.
 */
export async function ready(rig: Rig, { id, service }: DialectUnderTest, intentId: string, orderReference?: string) {
  const carrier = rig.registry.carrierById(id)!;
  const quote = await carrier.quote({ ...enquiry, orderReference }, call);
  if (quote.kind !== 'quoted') throw new Error(quote.kind);
  const offer: Offer = quote.offers.find(({ serviceId }) => serviceId === service)!;
  return { carrier, offer, prepared: carrier.prepare(intentFor(intentId, offer)) };
}

/** Asks what became of a purchase, so many seconds after it was sent. */
export const lookUp = (carrier: Carrier, purchase: PurchaseReference, secondsLater = 1) => {
  const sentAt = new Date('2026-11-22T08:00:00Z');
  return carrier.lookUp({ ...purchase, sentAt }, { ...call, now: new Date(sentAt.getTime() + secondsLater * 1_000) });
};

/** A page of a statement, asked for again while the carrier has yet to write it. */
export async function pageAfter(carrier: Carrier, afterLineNo: number, now: Date): Promise<StatementPage> {
  const read = await carrier.statement(afterLineNo, { ...call, now });
  if (read.kind === 'being_made') return pageAfter(carrier, afterLineNo, now);
  if (read.kind !== 'page') throw new Error(JSON.stringify(read));
  const { lines, next } = read;
  return { lines, next };
}
