import { z } from 'zod';

/** Where the carrier simulator keeps its book, and what lets one read it. */
export interface CarrierLedger {
  /** `http://127.0.0.1:8090` */
  readonly url: string;
  readonly adminToken: string;
}

const charge = z.object({
  seq: z.int(),
  reference: z.string(),
  idempotencyKey: z.string().nullable(),
  chargedMinor: z.int(),
  currency: z.string(),
  voidedAt: z.string().nullable(),
});

const ledgerPage = z.object({
  simulator: z.literal(true),
  simulatorId: z.string(),
  totals: z.object({ charges: z.int() }),
  charges: z.array(charge),
  next: z.int().nullable(),
});

export type Charge = z.infer<typeof charge>;

/** The carrier's book cannot be read, or is not that of the simulator. */
export class LedgerUnreadable extends Error {}

/** Charges in the order they were made, those after place `after` in the book, a page of a thousand at a time. */
export async function* chargesOf(ledger: CarrierLedger, after: number): AsyncGenerator<readonly Charge[]> {
  for (let from: number | null = after; from !== null; ) {
    const page: z.infer<typeof ledgerPage> = await readPage(ledger, from, 1_000);
    if (page.charges.length > 0) yield page.charges;
    from = page.next;
  }
}

/**
 * The place in the book up to which charges were made by now; to be asked before the load, so that the audit begins there.
 * Places are given without gaps, one a charge.
 */
export async function lastCharge(ledger: CarrierLedger): Promise<number> {
  const { totals } = await readPage(ledger, 0, 1);
  return totals.charges;
}

/** Which simulator's book it is. */
export async function simulatorOf(ledger: CarrierLedger): Promise<string> {
  const { simulatorId } = await readPage(ledger, 0, 1);
  return simulatorId;
}

async function readPage({ url, adminToken }: CarrierLedger, after: number, limit: number) {
  const answer = await fetch(`${url.replace(/\/+$/, '')}/ledger?after=${after}&limit=${limit}`, {
    headers: { authorization: `Bearer ${adminToken}` },
    signal: AbortSignal.timeout(30_000),
  }).catch((cause: unknown) => {
    throw new LedgerUnreadable(`no answer from the carrier at ${url}`, { cause });
  });
  if (!answer.ok) throw new LedgerUnreadable(`the carrier at ${url} answered ${answer.status}`);
  const parsed = ledgerPage.safeParse(await answer.json().catch(() => null));
  if (!parsed.success) throw new LedgerUnreadable(`what answers at ${url} is not the carrier simulator`);
  return parsed.data;
}
