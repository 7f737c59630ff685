import type { Carrier } from '@ge/carriers';
import { voidLabel as contract } from '@ge/contracts';
import { claimLabel, settleVoid } from '@ge/domain';
import { type Claim, dead, done, effectHandler, type Job, settle, skip, snooze } from '@ge/runtime';
import { abilitiesOf, type CarrierDesk } from './carrierDesk.ts';
import { type ClaimState, labelClaim } from './claims.ts';
import { giveUpLabels } from './giveUpLabels.ts';
import { pauseBeforeFreePlace, pauseBeforeRefund, pauseBeforeVoid, whyHeld } from './pauses.ts';
import { type Held, loadSettlements, recordEnd, saveSettlements } from './settlements.ts';
import { heldOf, refundOf, voidOutcomeOf } from './voidAnswer.ts';

interface VoidIntent extends Held {
  readonly carrier: Carrier;
  readonly shipmentRef: string;
}

/** Asks the carrier to take a label back; asking again does no harm. The order then waits for another label. */
export const voidLabel = (desk: CarrierDesk) =>
  effectHandler({
    contract,
    callsInFlight: desk.callsInFlight,
    claim: labelClaim((job: Job<typeof contract>, state) => claim(desk, job, state)),
    call: ({ carrier, shipmentRef }: VoidIntent, beginBy) =>
      carrier.void(shipmentRef, { timeoutMs: desk.timeoutMs, beginBy }),
    settle: {
      load: (tx, calls) => loadSettlements(tx, calls),
      decide: ({ intent, result }, state, now) => {
        const { labels } = state;
        const label = labels.get(intent.label.id);
        if (!label) return skip('there is no such label');
        const held = heldOf(result);
        if (result.kind === 'not_begun' || held) {
          if (label.fence === intent.label.fence) labels.put({ ...label, leaseUntil: null });
          return snooze(held?.waitMs ?? pauseBeforeFreePlace, whyHeld[held?.reason ?? 'late']);
        }
        const outcome = voidOutcomeOf(result);
        const settled = settleVoid(label, intent.label.fence, outcome, now);
        // Its new holder may still need the message: it ends when the label is found settled.
        if (!settled.ok) return snooze(desk.leaseMs, settled.refusals.map(({ code }) => code).join());
        if (settled.value.state === 'voiding') {
          labels.put({ ...label, ...settled.value });
          if (outcome.kind === 'pending')
            return snooze(pauseBeforeRefund, 'the carrier has yet to give the charge back');
          return snooze(pauseBeforeVoid(settled.value.lookUps), 'the carrier did not answer');
        }
        recordEnd(state, label, settled.value, now, { refund: refundOf(result) });
        return done();
      },
      save: saveSettlements,
    },
    onDead: giveUpLabels(desk, 'void'),
  });

function claim(desk: CarrierDesk, job: Job<typeof contract>, state: ClaimState): Claim<VoidIntent> {
  const label = state.labels.get(job.payload.labelId);
  if (!label || label.sellerId !== job.payload.sellerId) return settle(skip('there is no such label'));
  if (label.state !== 'voiding') return settle(skip(`the label is ${label.state}`));
  const carrier = desk.carriers.carrierById(label.carrierId);
  if (!carrier || label.shipmentRef === null) return settle(dead('its carrier is not configured here'));
  const claimed = claimLabel(label, abilitiesOf(desk, label.carrierId), desk.leaseMs, state.at);
  if (!claimed.ok) return { kind: 'busy' };
  const taken = { ...label, ...claimed.value.label };
  state.labels.put(taken);
  const intent = { label: taken, carrier, shipmentRef: label.shipmentRef };
  return { kind: 'call', intent, beginBy: state.claimedAt + desk.lastCallMs };
}
