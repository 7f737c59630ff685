import { findQuote, type QuoteRow, type Transaction } from '@ge/database';
import { noSuchOffer, type OrderId, type QuoteId, type ShippingOffer } from '@ge/domain';
import { Refused } from '../http/refused.ts';

/** What names the nth offer (from 0) of a kept quote. */
export const offerTokenOf = (quoteId: QuoteId, place: number): string => `${quoteId}.${place + 1}`;

export interface NamedOffer {
  readonly quote: QuoteRow;
  readonly offer: ShippingOffer;
}

/** The offer of a token, if it was made for this order. Throws Refused (`label.quote_unknown`). */
export async function namedOffer(tx: Transaction, token: string, orderId: OrderId): Promise<NamedOffer> {
  const [, quoteId, no] = /^(quo_[0-9a-z]{1,40})\.(\d{1,3})$/.exec(token) ?? [];
  const quote = quoteId ? await findQuote(tx, quoteId as QuoteId) : null;
  const kept = quote?.orderId === orderId ? quote.offers[Number(no) - 1] : undefined;
  if (!quote || !kept) throw new Refused([noSuchOffer('/offerToken')]);
  return { quote, offer: { ...kept, validUntil: new Date(kept.validUntil) } };
}
