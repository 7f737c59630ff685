import { keptOffers, type Transaction } from '@ge/database';
import { type KeptOffer, noSuchOffer, type OrderId } from '@ge/domain';
import { Refused } from '../http/refused.ts';

/** The offer of a token, if it was made for this order. Throws Refused (`label.quote_unknown`). */
export async function namedOffer(tx: Transaction, token: string, orderId: OrderId): Promise<KeptOffer> {
  const kept = (await keptOffers(tx, [token])).get(token);
  if (kept?.orderId !== orderId) throw new Refused([noSuchOffer('/offerToken')]);
  return kept;
}
