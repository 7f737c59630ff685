import type { QuoteId } from '../identity/ids.ts';

/** What names the nth offer (from 0) of a kept quote. */
export const offerTokenOf = (quoteId: QuoteId, place: number): string => `${quoteId}.${place + 1}`;

/** The quote and the place (from 0) that a token names; null for what is no token. */
export function readOfferToken(token: string): { readonly quoteId: QuoteId; readonly place: number } | null {
  const [, quoteId, no] = /^(quo_[0-9a-z]{1,40})\.(\d{1,3})$/.exec(token) ?? [];
  return quoteId === undefined ? null : { quoteId: quoteId as QuoteId, place: Number(no) - 1 };
}
