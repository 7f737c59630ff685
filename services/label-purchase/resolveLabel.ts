import type { HeldCall, PreparedPurchase } from '@ge/carriers';
import { resolveLabel as contract } from '@ge/contracts';
import type { LabelRow } from '@ge/database';
import { checkRepeat, claimLabel, type LookUpAnswer, settleLookUp } from '@ge/domain';
import { type CallResult, type Claim, done, effectHandler, type Job, settle, skip, snooze } from '@ge/runtime';
import { abilitiesOf, type CarrierDesk } from './carrierDesk.ts';
import { type ClaimState, labelClaim } from './claims.ts';
import { type Finding, findOut, type ResolveIntent, unknown } from './findOut.ts';
import { purchaseOf } from './followUps.ts';
import { askBack } from './furtherCharges.ts';
import { giveUpLabels } from './giveUpLabels.ts';
import { pauseBeforeFreePlace, whyHeld } from './pauses.ts';
import { prepareRequest } from './purchaseRequest.ts';
import { loadSettlements, recordEnd, saveSettlements } from './settlements.ts';

/** Finds out what became of a purchase whose answer was lost: by looking it up, or by the same request under the same key. */
export const resolveLabel = (desk: CarrierDesk) =>
  effectHandler({
    contract,
    callsInFlight: desk.callsInFlight,
    claim: labelClaim((job: Job<typeof contract>, state) => claim(desk, job, state)),
    call: (intent: ResolveIntent, beginBy) => findOut(desk, intent, beginBy),
    settle: {
      load: (tx, calls) =>
        loadSettlements(
          tx,
          calls,
          calls.flatMap(({ result }) => furtherIn(findingOf(result))),
        ),
      decide: ({ job, intent, result }, state, now) => {
        const label = state.labels.get(intent.label.id);
        if (!label) return skip('there is no such label');
        if (result.kind === 'not_begun') {
          if (label.fence === intent.label.fence) state.labels.put({ ...label, leaseUntil: null });
          return snooze(pauseBeforeFreePlace, 'the call did not leave');
        }
        const finding = findingOf(result);
        if (finding.kind === 'held') {
          if (label.fence === intent.label.fence) state.labels.put({ ...label, leaseUntil: null });
          return snooze(finding.waitMs, whyHeld[finding.reason]);
        }
        const answer: LookUpAnswer = finding.answer;
        const carrier = abilitiesOf(desk, label.carrierId);
        const settled = settleLookUp(label, intent.label.fence, answer, carrier, intent.askedAt);
        // Its new holder may still need the message: it ends when the label is found settled.
        if (!settled.ok) return snooze(desk.leaseMs, settled.refusals.map(({ code }) => code).join());
        const { kind, nextLookUpAt } = settled.value;
        const next = { ...settled.value.label, endedAt: settled.value.label.endedAt && now };
        switch (kind) {
          case 'purchased':
          case 'refused': {
            recordEnd(state, label, next, now, { document: finding.document });
            const followUps = askBack(state, label, finding.further, now);
            if (followUps.length > 0) tellFurther(desk, label, finding);
            return done({ followUps });
          }
          case 'requested_again':
            state.labels.put({ ...label, ...next });
            return done({ followUps: [purchaseOf(label, job.message)] });
          case 'still_unknown':
            state.labels.put({ ...label, ...next });
            return snooze(nextLookUpAt!.getTime() - intent.askedAt.getTime(), 'the outcome is still unknown');
          case 'parked':
            state.labels.put({ ...label, ...next });
            desk.logger.error({ label: label.id, reason: next.reason }, 'a purchase waits for a person');
            return done();
        }
      },
      save: saveSettlements,
    },
    onDead: giveUpLabels(desk, 'find_out'),
  });

const findingOf = (result: CallResult<Finding | HeldCall>): Finding | HeldCall =>
  result.kind === 'answered' ? result.value : unknown();

const furtherIn = (finding: Finding | HeldCall): Finding['further'] => (finding.kind === 'held' ? [] : finding.further);

const tellFurther = ({ logger }: CarrierDesk, { id }: LabelRow, { further }: Finding): void =>
  logger.error(
    { label: id, further: further.map(({ shipmentRef }) => shipmentRef) },
    'an intent was charged more than once: what is beside its label is asked back',
  );

function claim(desk: CarrierDesk, job: Job<typeof contract>, state: ClaimState): Claim<ResolveIntent> {
  const label = state.labels.get(job.payload.labelId);
  if (!label || label.sellerId !== job.payload.sellerId) return settle(skip('there is no such label'));
  if (label.state !== 'sent' && label.state !== 'unknown') return settle(skip(`the label is ${label.state}`));
  const abilities = abilitiesOf(desk, label.carrierId);
  const claimed = claimLabel(label, abilities, desk.leaseMs, state.at);
  if (!claimed.ok) return { kind: 'busy' };

  const { task } = claimed.value;
  const taken: LabelRow = { ...label, ...claimed.value.label };
  if (task === 'none') return parked(desk, state, taken);
  const carrier = desk.carriers.carrierById(label.carrierId)!;
  const shipTo = state.orders.get(label.orderId)?.shipTo ?? null;
  const shipFrom = state.addresses.get(label.declaration.shipFromId) ?? null;
  let repeat: PreparedPurchase | null = null;
  if (task === 'repeat') {
    // A refusal of the repeat proves nothing while the first request may still be at work.
    const early = (label.sentAt?.getTime() ?? 0) + abilities.horizonMs - state.at.getTime();
    if (early > 0) return settle(snooze(early, 'a repeat waits for the carrier’s horizon'));
    repeat = shipTo && shipFrom ? prepareRequest(carrier, label, shipFrom, shipTo) : null;
    const checked = checkRepeat(taken, taken.fence, repeat?.bodyHash ?? null);
    if (!checked.ok) throw new Error('a label that was just claimed cannot be repeated');
    if (checked.value.state === 'parked') return parked(desk, state, { ...taken, ...checked.value });
  }
  state.labels.put(taken);
  const print = { label: taken, carrierName: carrier.profile.name, shipFrom, shipTo };
  return {
    kind: 'call',
    intent: { carrier, label: taken, print, repeat, askedAt: state.at },
    beginBy: state.claimedAt + desk.lastCallMs,
  };
}

function parked(desk: CarrierDesk, state: ClaimState, label: LabelRow): Claim<ResolveIntent> {
  state.labels.put(label);
  desk.logger.error({ label: label.id, reason: label.reason }, 'a purchase waits for a person');
  return settle(done());
}
