import { SharedGate } from '@ge/carrier-gate';
import { judgeCarrier } from '@ge/database';
import type { CarrierStanding } from '@ge/domain';
import { createLogger } from '@ge/runtime';
import { eventually } from '@ge/testkit';
import { type CarrierDesk, openCarrierDesk } from '../carrierDesk.ts';
import { config } from '../config.ts';
import type { LabelRig } from './labelRig.ts';

export interface GatedDesk extends CarrierDesk {
  close(): Promise<void>;
}

/** The desk of one process of several that call the same carriers. `own`: what each carrier's settings say. */
export async function gatedDesk(rig: LabelRig, own: Readonly<Record<string, unknown>> = {}): Promise<GatedDesk> {
  const carriers = { 'simulator-express': own, 'simulator-parcel': own };
  const settings = config.parse({ ...rig.env, CARRIERS: JSON.stringify(carriers) });
  const { database } = rig.db;
  const gate = await SharedGate.open({ database, space: rig.space, timeoutMs: settings.CARRIER_TIMEOUT_MS });
  const desk = openCarrierDesk(settings, createLogger('desk', 'silent'), gate);
  return {
    ...desk,
    close: async () => {
      await desk.carriers.close();
      gate.close();
    },
  };
}

/** Changes the standing of a carrier, and waits until the desk knows. */
export async function judgeUntilKnown(
  { db: { database } }: LabelRig,
  desk: GatedDesk,
  carrierId: string,
  change: (standing: CarrierStanding, at: Date) => CarrierStanding,
  isHeld: boolean,
): Promise<void> {
  await judgeCarrier(database, carrierId, (before, at) => ({ standing: change(before, at), result: null }));
  await eventually('known', () => (desk.heldFor(carrierId) !== null) === isHeld);
}
