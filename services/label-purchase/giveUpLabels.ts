import { LabelPurchaseEntity, type LabelRow } from '@ge/database';
import { giveUpLabel, type LabelDuty, type LabelId } from '@ge/domain';
import type { OnDead } from '@ge/runtime';
import type { CarrierDesk } from './carrierDesk.ts';
import { payoutOf } from './followUps.ts';

/** Takes labels out of the hands of a job that is dead, so that none stays under way for ever; parked ones wait for a person. */
export const giveUpLabels =
  (desk: Pick<CarrierDesk, 'logger'>, duty: LabelDuty): OnDead =>
  async (tx, dead, now) => {
    const messages = new Map(dead.map(({ message }) => [labelIdOf(message.payload), message]));
    const given: LabelRow[] = [];
    for (const label of await tx.lock(LabelPurchaseEntity, [...messages.keys()])) {
      const next = giveUpLabel(label, duty, now);
      if (next !== label) given.push({ ...label, ...next });
    }
    await tx.update(LabelPurchaseEntity, given, ['state', 'leaseUntil', 'reason', 'endedAt']);
    for (const { id, state } of given) desk.logger.error({ label: id, state }, 'the job of a label was given up');
    return given.filter(({ state }) => state !== 'parked').map((label) => payoutOf(label, messages.get(label.id)!));
  };

/** A payload may have made its message dead: only what it must have is asked of it. */
const labelIdOf = (payload: unknown): LabelId =>
  String((payload as { labelId?: unknown } | null)?.labelId ?? '') as LabelId;
