import { askCarriers, type Carrier, type CarrierAnswers } from '@ge/carriers';
import { quoteLabelAgain as contract } from '@ge/contracts';
import { LabelPurchaseEntity, OrderEntity, readShipmentBooks, relockLabels, type Transaction } from '@ge/database';
import {
  addBusinessDays,
  type CalendarDate,
  calendarDateIn,
  claimLabel,
  enquiryAgain,
  goodsOf,
  isUnsent,
  type LabelEnquiry,
  needsNewQuote,
  type OrderId,
  type OrderLine,
  type SecondQuote,
  type ShipmentBooks,
  settleSecondQuote,
} from '@ge/domain';
import { type CallResult, type Claim, done, effectHandler, type Job, RowSet, settle, skip, snooze } from '@ge/runtime';
import { abilitiesOf, type CarrierDesk } from './carrierDesk.ts';
import { batchOf, type ClaimState, loadClaims, saveClaims } from './claims.ts';
import { payoutOf, purchaseOf } from './followUps.ts';
import { giveUpLabels } from './giveUpLabels.ts';
import { offerMargin, pauseBeforeFreePlace, pauseBeforeResend } from './pauses.ts';
import type { Held } from './settlements.ts';

type QuoteJob = Job<typeof contract>;

interface QuoteState extends ClaimState {
  readonly lines: ReadonlyMap<OrderId, readonly OrderLine[]>;
  readonly books: ShipmentBooks;
}

interface QuoteIntent extends Held {
  readonly carrier: Carrier;
  readonly enquiry: LabelEnquiry;
  readonly shipDate: CalendarDate;
  readonly askedAt: Date;
}

/**
 * Quotes the service of a label again whose offer ended while nothing was sent for it, and hands the label back to be bought
 * where the seller tolerates the price. What is in the way of the label otherwise is for `buy-label` to say.
 */
export const quoteLabelAgain = (desk: CarrierDesk) =>
  effectHandler({
    contract,
    callsInFlight: desk.callsInFlight,
    claim: {
      load: loadQuotes,
      decide: (job: QuoteJob, state: QuoteState, now) => claim(desk, job, state, now),
      save: saveClaims,
    },
    call: ({ carrier, enquiry, askedAt }: QuoteIntent) => askCarriers([carrier], enquiry, desk.timeoutMs, askedAt),
    settle: {
      load: async (tx, calls) => {
        const labels = await relockLabels(
          tx,
          calls.map(({ intent }) => intent.label),
        );
        return { labels: new RowSet(labels, (row) => row.id) };
      },
      decide: ({ job, intent, result }, { labels }, now) => {
        const label = labels.get(intent.label.id);
        if (!label) return skip('there is no such label');
        const quote = quoteOf(intent, result);
        const settled = settleSecondQuote(label, intent.label.fence, quote, now);
        // Its new holder may still need the message: it ends when the label is found settled.
        if (!settled.ok) return snooze(desk.leaseMs, settled.refusals.map(({ code }) => code).join());
        labels.put({ ...label, ...settled.value });
        if (settled.value.state === 'refused') return done({ followUps: [payoutOf(label, job.message)] });
        if (result.kind === 'not_begun') return snooze(pauseBeforeFreePlace, 'the call did not leave');
        if (quote.kind === 'unavailable') return snooze(pauseBeforeResend(job.message.snoozes), 'no offers were made');
        return done({ followUps: [purchaseOf(label, job.message)] });
      },
      save: async (tx, { labels }) => {
        await tx.update(LabelPurchaseEntity, labels.changed(), [
          'state',
          'leaseUntil',
          'offerToken',
          'quotedUntil',
          'requoted',
          'declaration',
          'reason',
          'endedAt',
        ]);
      },
    },
    onDead: giveUpLabels(desk, 'buy'),
  });

async function loadQuotes(tx: Transaction, jobs: readonly QuoteJob[]): Promise<QuoteState> {
  const state = await loadClaims(
    tx,
    jobs.map(({ payload }) => payload.labelId),
  );
  const orders = await tx.find(OrderEntity, [...state.orders.keys()], ['id', 'sellerId', 'lines']);
  const books = await readShipmentBooks(tx, orders);
  return { ...state, lines: new Map(orders.map(({ id, lines }) => [id, lines])), books };
}

function claim(desk: CarrierDesk, job: QuoteJob, state: QuoteState, now: Date): Claim<QuoteIntent> {
  const label = state.labels.get(job.payload.labelId);
  if (!label || label.sellerId !== job.payload.sellerId) return settle(skip('there is no such label'));
  if (!isUnsent(label)) return settle(skip(`the label is ${label.state}`));
  const shipTo = state.orders.get(label.orderId)?.shipTo;
  const shipFrom = state.addresses.get(label.declaration.shipFromId);
  const carrier = desk.carriers.carrierById(label.carrierId);
  const timeZone = state.books.sellers.get(label.sellerId)?.timeZone;
  const isHeldBack = (batchOf(state, label)?.state ?? 'open') !== 'open';
  const isFresh = !needsNewQuote(label, new Date(now.getTime() + offerMargin));
  if (isHeldBack || isFresh || !shipTo || !shipFrom || !carrier || timeZone === undefined) {
    return settle(done({ followUps: [purchaseOf(label, job.message)] }));
  }
  const claimed = claimLabel(label, abilitiesOf(desk, label.carrierId), desk.leaseMs, state.at);
  if (!claimed.ok) return { kind: 'busy' };
  const taken = { ...label, ...claimed.value.label };
  state.labels.put(taken);
  const packed = new Set(label.parcel.contents.map(({ lineId }) => lineId));
  const lines = (state.lines.get(label.orderId) ?? []).filter(({ lineId }) => packed.has(lineId));
  const goods = goodsOf(lines, state.books.skus.get(label.sellerId) ?? new Map());
  const shipDate = addBusinessDays(calendarDateIn(timeZone, now), 0);
  const enquiry = enquiryAgain(label, { shipFrom, shipTo }, goods, shipDate);
  return {
    kind: 'call',
    intent: { label: taken, carrier, enquiry, shipDate, askedAt: now },
    beginBy: state.claimedAt + desk.lastCallMs,
  };
}

function quoteOf({ shipDate }: QuoteIntent, result: CallResult<CarrierAnswers>): SecondQuote {
  if (result.kind !== 'answered' || (result.value.offers.length === 0 && result.value.mayOfferLater.length > 0)) {
    return { kind: 'unavailable' };
  }
  return { kind: 'offers', offers: result.value.offers, shipDate };
}
