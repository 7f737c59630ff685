import type { Carrier } from '@ge/carriers';
import { reclaimCharge as contract } from '@ge/contracts';
import {
  bookTransfers,
  ChargeReclaimEntity,
  databaseTime,
  LabelPurchaseEntity,
  type Transaction,
  transfersOfOrders,
} from '@ge/database';
import {
  bookBackFurther,
  type ChargeReclaim,
  claimReclaim,
  endReclaim,
  isEndedReclaim,
  type LedgerTransfer,
  type OrderId,
  refundFurther,
  settleReclaim,
  whyNotReclaimed,
} from '@ge/domain';
import { type Claim, done, effectHandler, type Job, type OnDead, settle, skip, snooze } from '@ge/runtime';
import type { CarrierDesk } from './carrierDesk.ts';
import { keyOf, lockReclaims } from './furtherCharges.ts';
import { pauseBeforeFreePlace, pauseBeforeRefund, pauseBeforeVoid, whyHeld } from './pauses.ts';
import { heldOf, refundOf, voidOutcomeOf } from './voidAnswer.ts';

interface ReclaimIntent {
  readonly reclaim: ChargeReclaim;
  readonly carrier: Carrier;
}

const columns = ['state', 'fence', 'leaseUntil', 'unanswered', 'refund', 'reason', 'sentAt', 'endedAt'] as const;

/**
 * Asks the carrier to void a shipment that it charged beside the one of a label. What holds of the label is looked at again before
 * each call; asking again does no harm, so a lost answer is asked for until there is one.
 */
export const reclaimCharge = (desk: CarrierDesk) =>
  effectHandler({
    contract,
    callsInFlight: desk.callsInFlight,
    claim: {
      load: async (tx, jobs: readonly Job<typeof contract>[]) => {
        const labels = await tx.lock(LabelPurchaseEntity, [...new Set(jobs.map(({ payload }) => payload.labelId))]);
        const reclaims = await lockReclaims(
          tx,
          jobs.map(({ payload }) => payload),
        );
        const claimedAt = performance.now();
        const byId = new Map(labels.map((row) => [row.id, row]));
        const own = reclaims.values().filter((one) => byId.get(one.labelId)?.shipmentRef === one.shipmentRef);
        const booked = await bookedOf(tx, new Set(own.map(({ orderId }) => orderId)));
        const transfers: LedgerTransfer[] = [];
        return { reclaims, labels: byId, booked, transfers, at: await databaseTime(tx), claimedAt };
      },
      decide: ({ payload }, { reclaims, labels, booked, transfers, at, claimedAt }, now): Claim<ReclaimIntent> => {
        const reclaim = reclaims.get(keyOf(payload));
        const label = labels.get(payload.labelId);
        if (!reclaim || !label || reclaim.labelId !== label.id) return settle(skip('there is no such charge'));
        if (isEndedReclaim(reclaim)) return settle(skip(`the charge is ${reclaim.state}`));
        const reason = whyNotReclaimed(reclaim, label);
        if (reason) {
          reclaims.put(endReclaim(reclaim, reason, now));
          if (reason === 'own_shipment') transfers.push(...bookBackFurther(reclaim, booked, now));
          return settle(skip(`not asked for: ${reason}`));
        }
        const carrier = desk.carriers.carrierById(reclaim.carrierId);
        if (!carrier) return settle(snooze(pauseBeforeRefund, 'its carrier is not configured here'));
        const taken = claimReclaim(reclaim, desk.leaseMs, at);
        if (!taken) return { kind: 'busy' };
        reclaims.put(taken);
        return { kind: 'call', intent: { reclaim: taken, carrier }, beginBy: claimedAt + desk.lastCallMs };
      },
      save: async (tx, { reclaims, transfers }) => {
        await bookTransfers(tx, transfers);
        await tx.update(ChargeReclaimEntity, reclaims.changed(), [...columns]);
      },
    },
    call: ({ reclaim, carrier }: ReclaimIntent, beginBy) =>
      carrier.void(reclaim.shipmentRef, { timeoutMs: desk.timeoutMs, beginBy }),
    settle: {
      load: async (tx, calls) => ({
        reclaims: await lockReclaims(
          tx,
          calls.map(({ intent }) => intent.reclaim),
        ),
        transfers: [] as LedgerTransfer[],
      }),
      decide: ({ intent, result }, { reclaims, transfers }, now) => {
        const reclaim = reclaims.get(keyOf(intent.reclaim));
        if (!reclaim) return skip('there is no such charge');
        const held = heldOf(result);
        if (result.kind === 'not_begun' || held) {
          if (reclaim.fence === intent.reclaim.fence) reclaims.put({ ...reclaim, leaseUntil: null });
          return snooze(held?.waitMs ?? pauseBeforeFreePlace, whyHeld[held?.reason ?? 'late']);
        }
        const outcome = voidOutcomeOf(result);
        const next = settleReclaim(reclaim, intent.reclaim.fence, outcome, refundOf(result), now);
        // Its new holder may still need the message: it ends when the charge is found ended.
        if (!next) return snooze(desk.leaseMs, 'somebody else has asked meanwhile');
        reclaims.put(next);
        if (next.state === 'sent') {
          return outcome.kind === 'pending'
            ? snooze(pauseBeforeRefund, 'the carrier has yet to give the charge back')
            : snooze(pauseBeforeVoid(next.unanswered), 'the carrier did not answer');
        }
        if (next.refund) transfers.push(...refundFurther(next, next.refund, now));
        if (next.state === 'refused') tellRefused(desk, next);
        return done({ progress: { counts: { [next.state]: 1 } } });
      },
      save: async (tx, { reclaims, transfers }) => {
        await bookTransfers(tx, transfers);
        await tx.update(ChargeReclaimEntity, reclaims.changed(), [...columns]);
      },
    },
    onDead: giveUpReclaims(desk),
  });

/** What is booked of these orders; asked only where a shipment is its label's own, which is rare. */
const bookedOf = async (tx: Transaction, orderIds: ReadonlySet<OrderId>): Promise<readonly LedgerTransfer[]> =>
  orderIds.size > 0 ? transfersOfOrders(tx, [...orderIds]) : [];

const giveUpReclaims =
  (desk: CarrierDesk): OnDead =>
  async (tx, dead, now) => {
    const named = dead.map(
      ({ message }) => message.payload as Partial<Pick<ChargeReclaim, 'carrierId' | 'shipmentRef'>> | null,
    );
    const reclaims = await lockReclaims(
      tx,
      named.map((payload) => ({
        carrierId: String(payload?.carrierId ?? ''),
        shipmentRef: String(payload?.shipmentRef ?? ''),
      })),
    );
    for (const reclaim of reclaims.values()) reclaims.put(endReclaim(reclaim, 'given_up', now));
    await tx.update(ChargeReclaimEntity, reclaims.changed(), [...columns]);
    for (const reclaim of reclaims.changed()) tellRefused(desk, reclaim);
    return [];
  };

const tellRefused = ({ logger }: CarrierDesk, { labelId, shipmentRef, reason }: ChargeReclaim): void =>
  logger.error({ label: labelId, shipment: shipmentRef, reason }, 'a charge was not given back: it waits for a person');
