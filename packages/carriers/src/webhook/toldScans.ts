import { z } from 'zod';
import type { TrackingEventCode } from '../port/outcome.ts';
import type { CarrierScan, ToldScans } from '../port/webhook.ts';

/** A tracking number as a carrier prints it. */
export const trackingIdFromWire = z.string().regex(/^[\x21-\x7e]{1,100}$/);

/** Events whose code means something here, in the order told. */
export function toldScans(
  events: readonly {
    readonly trackingId: string;
    readonly code: TrackingEventCode | undefined;
    readonly happenedAt: Date;
  }[],
): ToldScans {
  const scans = events.filter((event): event is CarrierScan => event.code !== undefined);
  return { scans, unknownCodes: events.length - scans.length };
}
