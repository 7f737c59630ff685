import type { BuyOutcome, Carrier, PreparedPurchase } from '@ge/carriers';
import { buyLabel as contract } from '@ge/contracts';
import type { LabelRow } from '@ge/database';
import {
  claimLabel,
  isUnsent,
  markSent,
  needsNewQuote,
  type OwnLabelReason,
  type PurchaseOutcome,
  reasonNotToSend,
  refuseUnsent,
  settlePurchase,
} from '@ge/domain';
import { type CallResult, type Claim, done, effectHandler, type Job, settle, skip, snooze } from '@ge/runtime';
import { type BoughtWithDocument, withDocument } from './boughtLabel.ts';
import { abilitiesOf, type CarrierDesk } from './carrierDesk.ts';
import { batchOf, type ClaimState, isDestinationSuspended, labelClaim } from './claims.ts';
import { payoutOf, resolutionOf, secondQuoteOf } from './followUps.ts';
import { giveUpLabels } from './giveUpLabels.ts';
import type { LabelPrint } from './labelDocument.ts';
import {
  offerMargin,
  pauseBeforeFreePlace,
  pauseBeforeLookUp,
  pauseBeforeResend,
  whileBatchIsPaused,
  whyHeld,
} from './pauses.ts';
import { prepareRequest } from './purchaseRequest.ts';
import { type Held, loadSettlements, recordEnd, saveSettlements } from './settlements.ts';

interface BuyIntent extends Held {
  readonly carrier: Carrier;
  readonly prepared: PreparedPurchase;
  readonly print: LabelPrint;
}

type BuyResult =
  | ({ readonly kind: 'purchased' } & BoughtWithDocument)
  | Exclude<BuyOutcome, { kind: 'purchased' }>
  | { readonly kind: 'not_begun' };

/**
 * Buys one label (R17): the claim commits `sent` before the call leaves, so whatever happens to this process the outcome is
 * looked up and never bought again. A purchase confirms its order by itself (R18).
 */
export const buyLabel = (desk: CarrierDesk) =>
  effectHandler({
    contract,
    callsInFlight: desk.callsInFlight,
    claim: labelClaim((job: Job<typeof contract>, state, now) => claim(desk, job, state, now)),
    call: (intent: BuyIntent, beginBy) => buy(desk, intent, beginBy),
    settle: {
      load: (tx, calls) => loadSettlements(tx, calls),
      decide: ({ job, intent, result }, state, now) => {
        const label = state.labels.get(intent.label.id);
        if (!label) return skip('there is no such label');
        const value = broughtBy(result);
        const settled = settlePurchase(label, intent.label.fence, outcomeOf(value), now);
        // Its new holder may still need the message: it ends when the label is found settled.
        if (!settled.ok) return snooze(desk.leaseMs, settled.refusals.map(({ code }) => code).join());
        if (settled.value.state === 'purchased' || settled.value.state === 'refused') {
          const document = value.kind === 'purchased' ? value.document : null;
          recordEnd(state, label, settled.value, now, { document });
          return done();
        }
        state.labels.put({ ...label, ...settled.value });
        if (settled.value.state === 'unknown') {
          const dueAt = new Date(now.getTime() + pauseBeforeLookUp);
          return done({ followUps: [resolutionOf(label, job.message, dueAt)] });
        }
        if (value.kind === 'held') return snooze(value.waitMs, whyHeld[value.reason]);
        if (value.kind !== 'refused') return snooze(pauseBeforeFreePlace, 'the call did not leave');
        return snooze(pauseBeforeResend(job.message.snoozes, value.retryAfterSeconds), value.code);
      },
      save: saveSettlements,
    },
    onDead: giveUpLabels(desk, 'buy'),
  });

function claim(desk: CarrierDesk, job: Job<typeof contract>, state: ClaimState, now: Date): Claim<BuyIntent> {
  const label = state.labels.get(job.payload.labelId);
  if (!label || label.sellerId !== job.payload.sellerId) return settle(skip('there is no such label'));
  if (label.state === 'unknown' || label.state === 'voiding') return settle(skip(`the label is ${label.state}`));
  if (isUnsent(label) && batchOf(state, label)?.state === 'paused') {
    return settle(snooze(whileBatchIsPaused(job.message.snoozes), 'its batch is paused'));
  }
  const held = label.state === 'requested' && !reasonToEnd(state, label) ? desk.heldFor(label.carrierId) : null;
  if (held) return settle(snooze(held.waitMs, whyHeld[held.reason]));
  const claimed = claimLabel(label, abilitiesOf(desk, label.carrierId), desk.leaseMs, state.at);
  if (!claimed.ok) {
    const isTaken = claimed.refusals.some(({ code }) => code === 'label.lease_held');
    return isTaken ? { kind: 'busy' } : settle(skip(`the label is ${label.state}`));
  }
  const { task, label: taken } = claimed.value;
  if (task === 'buy') return send(desk, job, state, { ...label, ...taken }, now);
  if (task === 'none') {
    state.labels.put({ ...label, ...taken });
    desk.logger.error({ label: label.id, reason: taken.reason }, 'a purchase waits for a person');
    return settle(done());
  }
  // Sent by a process that is gone: what came of it has to be found out.
  state.labels.put({ ...label, ...taken, leaseUntil: null });
  return settle(done({ followUps: [resolutionOf(label, job.message, now)] }));
}

function send(
  desk: CarrierDesk,
  job: Job<typeof contract>,
  state: ClaimState,
  label: LabelRow,
  now: Date,
): Claim<BuyIntent> {
  const order = state.orders.get(label.orderId);
  const shipFrom = state.addresses.get(label.declaration.shipFromId) ?? null;
  const carrier = desk.carriers.carrierById(label.carrierId);
  if (!order || !carrier || !shipFrom || !order.shipTo) {
    const missing = !carrier ? 'carrier_not_configured' : shipFrom ? 'address_erased' : 'ship_from_missing';
    return giveUp(job, state, label, missing, now);
  }
  const reason = reasonToEnd(state, label);
  if (reason) return giveUp(job, state, label, reason, now);
  if (needsNewQuote(label, new Date(now.getTime() + offerMargin))) {
    return settle(done({ followUps: [secondQuoteOf(label, job.message)] }));
  }

  const prepared = prepareRequest(carrier, label, shipFrom, order.shipTo);
  const sent = granted(markSent(label, label.fence, prepared.bodyHash, desk.leaseMs, state.at));
  state.labels.put({ ...label, ...sent });
  if (sent.state === 'parked') {
    desk.logger.error({ label: label.id, reason: sent.reason }, 'a purchase waits for a person');
    return settle(done());
  }
  const print = { label, carrierName: carrier.profile.name, shipFrom, shipTo: order.shipTo };
  return {
    kind: 'call',
    intent: { label, carrier, prepared, print },
    beginBy: state.claimedAt + desk.lastCallMs,
  };
}

/** Whatever its carrier does: what is not to be sent at all does not wait for it. */
function reasonToEnd(state: ClaimState, label: LabelRow): OwnLabelReason | null {
  const order = state.orders.get(label.orderId);
  return order ? reasonNotToSend(order, isDestinationSuspended(state, order), batchOf(state, label)) : null;
}

/** Ends an intent of which nothing was sent. */
function giveUp(
  job: Job<typeof contract>,
  state: ClaimState,
  label: LabelRow,
  reason: OwnLabelReason,
  now: Date,
): Claim<BuyIntent> {
  state.labels.put({ ...label, ...granted(refuseUnsent(label, label.fence, reason, now)) });
  return settle(done({ followUps: [payoutOf(label, job.message)] }));
}

async function buy(desk: CarrierDesk, { carrier, prepared, print }: BuyIntent, beginBy: number): Promise<BuyResult> {
  const outcome = await carrier.buy(prepared, { timeoutMs: desk.timeoutMs, beginBy });
  if (outcome.kind === 'purchased') {
    return { kind: 'purchased', ...(await withDocument(desk, print, outcome, outcome.document)) };
  }
  if (outcome.kind === 'unknown') {
    const about = { label: print.label.id, carrier: print.label.carrierId, reason: outcome.reason };
    desk.logger.warn(about, 'what became of a purchase is unknown');
  }
  return outcome;
}

function broughtBy(result: CallResult<BuyResult>): BuyResult {
  if (result.kind === 'answered') return result.value;
  return result.kind === 'threw' ? { kind: 'unknown', reason: 'CONNECTION_LOST' } : result;
}

function outcomeOf(result: BuyResult): PurchaseOutcome {
  switch (result.kind) {
    case 'purchased':
      return { kind: 'purchased', shipment: result.shipment };
    case 'refused':
      return result.retry === 'later' ? { kind: 'not_now' } : { kind: 'refused', code: result.code };
    case 'held':
    case 'not_begun':
      return { kind: 'not_now' };
    case 'unknown':
      return { kind: 'unknown' };
  }
}

/** The claim was taken a line before: a refusal here is a defect, and concerns this job only. */
function granted<T>(decision: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!decision.ok) throw new Error('a label that was just claimed cannot be sent');
  return decision.value;
}
