import { type CalendarDate, type KeptOffer, readOfferToken } from '@ge/domain';
import { QuoteEntity } from '../entities/index.ts';
import type { Transaction } from '../transaction.ts';

/** The offers that these tokens name, by token; what nobody offered, or is kept no longer, is absent. */
export async function keptOffers(tx: Transaction, tokens: readonly string[]): Promise<ReadonlyMap<string, KeptOffer>> {
  const places = tokens.map((token) => ({ token, named: readOfferToken(token) }));
  const quotes = await tx.find(QuoteEntity, [...new Set(places.flatMap(({ named }) => named?.quoteId ?? []))]);
  const byId = new Map(quotes.map((row) => [row.id, row]));
  const kept = new Map<string, KeptOffer>();
  for (const { token, named } of places) {
    const quote = named && byId.get(named.quoteId);
    const offer = quote?.offers[named!.place];
    if (!quote || !offer) continue;
    const { orderId, parcelNo, parcel, shipDate } = quote;
    const inTime = { ...offer, validUntil: new Date(offer.validUntil) };
    kept.set(token, { orderId, parcelNo, parcel, shipDate: shipDate as CalendarDate, offer: inTime });
  }
  return kept;
}
