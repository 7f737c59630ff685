export interface RehearsalOptions {
  readonly orders: number;
  /** Decides which calls fail and how, and what is done to the fleet when. */
  readonly seed: number;
  /** Whether processes and servers are killed, stopped and restarted meanwhile. */
  readonly kill: boolean;
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
  /** Orders whose entries do not settle to nothing, and differences from the carriers' statements. */
  readonly ledgerImbalance: number;
  /** Orders that were paid out without a label bought here. */
  readonly paidWithoutLabel: number;
  readonly paidOut: number;
  readonly faultsInjected: Readonly<Record<string, number>>;
  readonly kills: Readonly<Record<string, number>>;
  /** In words, what must not be. */
  readonly violations: readonly string[];
}

/** What a rehearsal of a restored backup found. */
export interface RestoreRehearsed extends Omit<LabelsRehearsed, 'kills'> {
  /** Labels that were charged before the database was lost. */
  readonly chargedBefore: number;
  /** Of these: sent to their carrier again, which none of them may be. */
  readonly sentAgain: number;
}
