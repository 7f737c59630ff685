import type { BuyOutcome, Carrier, HeldCall, LookUpOutcome, PreparedPurchase } from '@ge/carriers';
import type { DocumentInMemory } from '@ge/documents';
import type { LookUpAnswer } from '@ge/domain';
import { withDocument } from './boughtLabel.ts';
import type { CarrierDesk } from './carrierDesk.ts';
import type { FurtherCharge } from './furtherCharges.ts';
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
  readonly kind: 'found';
  readonly answer: LookUpAnswer;
  readonly document: DocumentInMemory | null;
  /** Charges beside the one that the label keeps, which stand. */
  readonly further: readonly FurtherCharge[];
}

const found = (
  answer: LookUpAnswer,
  document: DocumentInMemory | null = null,
  further: readonly FurtherCharge[] = [],
): Finding => ({ kind: 'found', answer, document, further });

/** Nothing was found out. */
export const unknown = (retryAfterSeconds?: number): Finding => found({ kind: 'unknown', retryAfterSeconds });

/** Asks the carrier by our reference, or sends the first request again under its key where it can only be asked so. */
export const findOut = (desk: CarrierDesk, intent: ResolveIntent, beginBy: number): Promise<Finding | HeldCall> =>
  intent.repeat ? repeat(desk, intent, intent.repeat, beginBy) : lookUp(desk, intent, beginBy);

async function repeat(
  desk: CarrierDesk,
  intent: ResolveIntent,
  prepared: PreparedPurchase,
  beginBy: number,
): Promise<Finding | HeldCall> {
  const outcome: BuyOutcome = await intent.carrier.buy(prepared, { timeoutMs: desk.timeoutMs, beginBy });
  if (outcome.kind === 'held') return outcome;
  if (outcome.kind === 'purchased') {
    const { shipment, document } = await withDocument(desk, intent.print, outcome, outcome.document);
    return found({ kind: 'bought', shipment, voided: false }, document);
  }
  if (outcome.kind === 'refused' && outcome.retry === 'never') {
    return found({ kind: 'refused', code: outcome.code });
  }
  return unknown(outcome.kind === 'refused' ? outcome.retryAfterSeconds : undefined);
}

async function lookUp(desk: CarrierDesk, intent: ResolveIntent, beginBy: number): Promise<Finding | HeldCall> {
  const { carrier, label, askedAt } = intent;
  const purchase = {
    idempotencyKey: label.idempotencyKey,
    reference: label.id,
    offerToken: label.offerToken,
    sentAt: label.sentAt ?? askedAt,
  };
  const options = { timeoutMs: desk.timeoutMs, beginBy, now: askedAt };
  const outcome: LookUpOutcome = await carrier.lookUp(purchase, options);
  if (outcome.kind === 'held') return outcome;
  if (outcome.kind === 'unknown') return unknown(outcome.retryAfterSeconds);
  if (outcome.kind === 'not_bought') return found({ kind: 'not_bought' });
  if (outcome.voided) {
    const { charge, shipmentId, trackingId } = outcome;
    const shipment = { charge, shipmentRef: shipmentId, trackingId, documentId: null };
    return found({ kind: 'bought', shipment, voided: true });
  }
  const { shipment, document } = await withDocument(desk, intent.print, outcome, outcome.document);
  const further = outcome.duplicates.map(({ shipmentId, charge }) => ({
    carrierId: carrier.profile.id,
    shipmentRef: shipmentId,
    charged: charge,
  }));
  return found({ kind: 'bought', shipment, voided: false }, document, further);
}
