import type { Ask } from './simulator.ts';

/** A charge as the simulator's book has it; `scans` in the order they came in. */
export interface BookedCharge {
  readonly seq: number;
  readonly at: string;
  readonly carrier: string;
  readonly shipmentId: string;
  readonly trackingId: string;
  readonly reference: string;
  readonly chargedMinor: number;
  readonly voidedAt: string | null;
  readonly refundedMinor: number;
  readonly scans: readonly { readonly code: string; readonly at: string }[];
}

/** The way of a parcel that nothing happens to. */
export const way = ['first_scan', 'departed', 'arrived', 'out_for_delivery', 'delivered'] as const;

export type Place = (typeof way)[number];

/** Moves at a time. */
const atOnce = 8;

/** What a parcel has still before it up to and with `until`; nothing for one that is there or was voided. */
export function ahead({ scans, voidedAt }: Pick<BookedCharge, 'scans' | 'voidedAt'>, until: Place): readonly Place[] {
  if (voidedAt !== null) return [];
  const reached = Math.max(-1, ...scans.map(({ code }) => (way as readonly string[]).indexOf(code)));
  return way.slice(reached + 1, way.indexOf(until) + 1);
}

/**
 * Moves one parcel along, each place a second after the one before: the last of them now, or as soon after the scans that there
 * are as that takes.
 */
export async function move(
  ask: Ask,
  { trackingId, scans }: Pick<BookedCharge, 'trackingId' | 'scans'>,
  places: readonly Place[],
): Promise<void> {
  const last = Math.max(0, ...scans.map(({ at }) => Date.parse(at)));
  const first = Math.max(last + 1_000, Date.now() - (places.length - 1) * 1_000);
  for (const [i, code] of places.entries()) {
    const at = new Date(first + i * 1_000).toISOString();
    await ask('POST', `/tracking/${encodeURIComponent(trackingId)}/events`, { code, at });
  }
}

/** What was charged after `from`, in order, page by page; of one carrier, reference or parcel where the query says so. */
export async function* parcels(
  ask: Ask,
  query: Readonly<Record<string, string>>,
  from = 0,
): AsyncGenerator<BookedCharge[]> {
  for (let after: number | null = from; after !== null; ) {
    const asked = new URLSearchParams({ ...query, after: String(after), limit: '1000' });
    const page: { charges: BookedCharge[]; next: number | null } = await ask('GET', `/ledger?${asked}`);
    yield page.charges;
    after = page.next;
  }
}

/** Some at once, so that thousands take seconds. */
export async function inTurns<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of left) await act(item);
    }),
  );
}
