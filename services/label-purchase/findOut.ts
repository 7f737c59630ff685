import type { BoughtLabel, BuyOutcome, Carrier, LookUpOutcome, PreparedPurchase } from '@ge/carriers';
import type { DocumentInMemory } from '@ge/documents';
import type { LookUpAnswer } from '@ge/domain';
import { withDocument } from './boughtLabel.ts';
import type { CarrierDesk } from './carrierDesk.ts';
import type { LabelPrint } from './labelDocument.ts';
import type { Held } from './settlements.ts';

export interface ResolveIntent extends Held {
  readonly carrier: Carrier;
  readonly print: LabelPrint;
  /** The first request again, for a carrier without look-up; null = look up. */
  readonly repeat: PreparedPurchase | null;
  /** By the database's clock: before the question leaves, so that an answer is never taken for a later one. */
  readonly askedAt: Date;
}

/** What was found out about a purchase, and its document where it was bought. */
export interface Finding {
  readonly answer: LookUpAnswer;
  readonly document: DocumentInMemory | null;
}

const unknown = (retryAfterSeconds?: number): Finding => ({
  answer: { kind: 'unknown', retryAfterSeconds },
  document: null,
});

/** Asks the carrier by our reference, or sends the first request again under its key where it can only be asked so. */
export const findOut = (desk: CarrierDesk, intent: ResolveIntent): Promise<Finding> =>
  intent.repeat ? repeat(desk, intent, intent.repeat) : lookUp(desk, intent);

async function repeat(desk: CarrierDesk, intent: ResolveIntent, prepared: PreparedPurchase): Promise<Finding> {
  const outcome: BuyOutcome = await intent.carrier.buy(prepared, { timeoutMs: desk.timeoutMs });
  if (outcome.kind === 'purchased') {
    const { shipment, document } = await withDocument(desk, intent.print, outcome, outcome.document);
    return { answer: { kind: 'bought', shipment, voided: false }, document };
  }
  if (outcome.kind === 'refused' && outcome.retry === 'never') {
    return { answer: { kind: 'refused', code: outcome.code }, document: null };
  }
  return unknown(outcome.kind === 'refused' ? outcome.retryAfterSeconds : undefined);
}

async function lookUp(desk: CarrierDesk, intent: ResolveIntent): Promise<Finding> {
  const { carrier, label, askedAt } = intent;
  const purchase = {
    idempotencyKey: label.idempotencyKey,
    reference: label.id,
    sentAt: label.sentAt ?? askedAt,
  };
  const outcome: LookUpOutcome = await carrier.lookUp(purchase, { timeoutMs: desk.timeoutMs, now: askedAt });
  if (outcome.kind === 'unknown') return unknown(outcome.retryAfterSeconds);
  if (outcome.kind === 'not_bought') return { answer: { kind: 'not_bought' }, document: null };
  if (!(await voidDuplicates(desk, carrier, label.id, outcome.duplicates))) return unknown();
  if (outcome.voided) {
    const { charge, shipmentId, trackingId } = outcome;
    const shipment = { charge, shipmentRef: shipmentId, trackingId, documentId: null };
    return { answer: { kind: 'bought', shipment, voided: true }, document: null };
  }
  const { shipment, document } = await withDocument(desk, intent.print, outcome, outcome.document);
  return { answer: { kind: 'bought', shipment, voided: false }, document };
}

/** Charges beyond the first are given back before the purchase is written down. False = ask again: one may still stand. */
async function voidDuplicates(
  desk: CarrierDesk,
  carrier: Carrier,
  labelId: string,
  duplicates: readonly BoughtLabel[],
): Promise<boolean> {
  if (duplicates.length === 0) return true;
  const outcomes = await Promise.all(
    duplicates.map(({ shipmentId }) => carrier.void(shipmentId, { timeoutMs: desk.timeoutMs })),
  );
  const standing = duplicates.filter((_, i) => outcomes[i]!.kind !== 'voided').map(({ shipmentId }) => shipmentId);
  desk.logger.error(
    { label: labelId, duplicates: duplicates.length, standing },
    'an intent was charged more than once',
  );
  return outcomes.every(
    (outcome) => outcome.kind === 'voided' || (outcome.kind === 'refused' && outcome.retry === 'never'),
  );
}
