import { playAftermath, type World } from './aftermath.ts';
import { auditPurchases, type Circumstances } from './audit.ts';
import { auditBatches } from './auditBatches.ts';
import { auditMoney } from './auditMoney.ts';
import { type AskedBack, auditVoids } from './auditVoids.ts';
import type { Batching } from './batching.ts';
import { byLabel } from './carriers.ts';
import { batchItems, batchLabels, bookedLabels, differences, settledOrders } from './fleetBooks.ts';

interface Concluded extends World, Circumstances {
  readonly tell: (line: string) => void;
}

/** What was asked for beside labels of single orders. */
export interface AskedBeside {
  readonly voiding: AskedBack;
  readonly batching: Pick<Batching, 'asked' | 'shown'> | null;
}

const nothing: AskedBeside = { voiding: { voids: new Set(), replacements: new Set() }, batching: null };

/** Audits the labels as they have ended, plays what follows, and audits the money. */
export async function conclude({ tell, ...world }: Concluded, { voiding, batching }: AskedBeside = nothing) {
  const { database, book } = world;
  const labels = await bookedLabels(database);
  const booked = byLabel(labels, { charges: await book.charges(), calls: await book.calls() });
  const ofPurchases = auditPurchases(labels, booked.charges, booked.calls, world);
  const ofVoids = auditVoids(labels, booked.charges, voiding);
  const asked = batching?.asked ?? [];
  const shown = new Map<string, Awaited<ReturnType<Batching['shown']>>>();
  for (const { id } of asked) shown.set(id, await batching!.shown(id));
  const ended = { items: await batchItems(database), labels: await batchLabels(database), shown };
  const ofBatches = auditBatches(asked, ended, booked);
  tell('parcels travel, and the statements of the carriers are read');
  await playAftermath(world, booked.charges);
  const ofMoney = auditMoney(await settledOrders(database), await differences(database));
  const { misbooked, ...voids } = ofVoids;
  return {
    ...ofPurchases,
    ...voids,
    batches: ofBatches.batches,
    ...ofMoney,
    ledgerImbalance: ofMoney.ledgerImbalance + misbooked,
    violations: [ofPurchases, ofVoids, ofBatches, ofMoney].flatMap(({ violations }) => violations),
  };
}
