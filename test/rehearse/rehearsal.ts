import type { Batches } from './auditBatches.ts';
import type { Voids } from './auditVoids.ts';
import type { CarrierName } from './faultScript.ts';

/** How labels are asked for: one by one, or with batches, a part of which is paused, resumed and cancelled. */
export const ways = ['orders', 'batches', 'both'] as const;
export type Way = (typeof ways)[number];

export interface RehearsalOptions {
  readonly orders: number;
  /** Decides which calls fail and how, and what is done to the fleet when. */
  readonly seed: number;
  /** Whether processes and servers are killed, stopped and restarted meanwhile. */
  readonly kill: boolean;
  /** Carriers to buy from; all unless told. */
  readonly carriers?: readonly CarrierName[];
  /** Both unless told. */
  readonly through?: Way;
  /** Cut short: what was begun is stopped, and no report comes of it. */
  readonly stopping?: AbortSignal;
  readonly tell?: (line: string) => void;
  /** Called while it waits, with how many labels have not ended. */
  readonly onProgress?: (bought: number, open: number) => void;
}

/** What a rehearsal found. Counts are of labels unless told. */
export interface LabelsRehearsed {
  /** Whether nothing was violated. */
  readonly ok: boolean;
  readonly seed: number;
  readonly orders: number;
  /** Asked for, replacements among them: each is purchased, refused, parked, unknown, voided, or its void was refused. */
  readonly labels: number;
  readonly purchased: number;
  /** Ended without a charge: the carrier refused, or the order did not ship. */
  readonly refused: number;
  /** Charges in the carriers' book that were not given back. */
  readonly charges: number;
  /** Charges beyond the first of one label that were not given back. */
  readonly duplicates: number;
  /** Labels that say they were bought and that nobody charged. */
  readonly lost: number;
  /** Labels still open once the faults had stopped and the fleet had been given its time. */
  readonly unknown: number;
  /** Seconds from the end of the faults until none was open. */
  readonly secondsToResolve: number;
  /** Left to a person, each with its reason. */
  readonly parked: number;
  /** Of these: because a fault took the answer, and because a process was killed or stopped during the call. */
  readonly parkedBy: { readonly faults: number; readonly kills: number };
  /** Labels whose answer a fault took at a carrier that takes neither keys nor look-ups: each of them is to be parked. */
  readonly unresolvable: number;
  /** The most purchase requests that the carriers saw for one label, and labels that were sent with two bodies or two keys. */
  readonly mostRequests: number;
  readonly changedRequests: number;
  /** Voids that were accepted and how they ended, and labels that were asked for in their place. */
  readonly voids: Voids['voids'];
  /** Labels whose charge was given back, by the carriers' book, and what of it is booked here; cents. */
  readonly refunds: Voids['refunds'];
  readonly batches: Batches['batches'];
  /**
   * Orders whose entries do not settle to nothing, labels whose charge or refund is booked otherwise than the carriers made it,
   * and differences from the carriers' statements.
   */
  readonly ledgerImbalance: number;
  /** Orders that were paid out without a label bought here. */
  readonly paidWithoutLabel: number;
  readonly paidOut: number;
  /** Orders whose import fee deposit stays where it is, since their carrier gives no statement. */
  readonly depositsHeld: number;
  readonly faultsInjected: Readonly<Record<string, number>>;
  readonly kills: Readonly<Record<string, number>>;
  /** In words, what must not be. */
  readonly violations: readonly string[];
}

/** What a rehearsal of a restored backup found. */
export interface RestoreRehearsed extends Omit<LabelsRehearsed, 'kills' | 'voids' | 'refunds' | 'batches'> {
  /** Labels that were charged before the database was lost. */
  readonly chargedBefore: number;
  /** Of these: sent to their carrier again, which none of them may be. */
  readonly sentAgain: number;
}
