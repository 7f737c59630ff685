import type { CarrierAbilities, LabelFormat } from '@ge/domain';
import type {
  BuyOutcome,
  LookUpOutcome,
  QuoteOutcome,
  SimulatorOutcome,
  StatementOutcome,
  TrackOutcome,
  VoidOutcome,
} from './outcome.ts';
import type { PreparedPurchase, PurchaseIntent, PurchaseReference, QuoteRequest } from './shipment.ts';

/** Who the carrier is, and what it promises about lost answers: `resolutionFor` decides by it what may follow one. */
export interface CarrierProfile extends CarrierAbilities {
  readonly id: string;
  readonly name: string;
  readonly labelFormats: readonly LabelFormat[];
  /** Calls a second that it allows this installation, of all kinds together; null = as many as are made. */
  readonly rate: number | null;
  /** Calls it allows at once before `rate` counts. */
  readonly burst: number;
  /** Failures in a row after which it is left alone, and for how long at first. */
  readonly failuresToPause: number;
  readonly pauseMs: number;
  /** Whether it can be asked line by line what it bills; where not, adjustments and duty are not known here. */
  readonly givesStatement: boolean;
}

export interface CallOptions {
  /** An abort after the request went out makes the outcome unknown; do not pass a shutdown signal to `buy`. */
  readonly signal?: AbortSignal | undefined;
  /** For the whole exchange, body included. */
  readonly timeoutMs: number;
  /** By `performance.now()`: later it does not leave any more. Only a carrier behind a gate can make a call wait. */
  readonly beginBy?: number | undefined;
}

/**
 * Buy Shipping at one carrier: quote → prepare → buy → look up → void → track.
 * No method throws for what a carrier or the network does; every outcome says what may be done next. `held` comes of a gate alone.
 */
export interface Carrier {
  readonly profile: CarrierProfile;
  quote(request: QuoteRequest, options: CallOptions): Promise<QuoteOutcome>;
  /** Pure: the same intent gives the same key and the same bytes. Throws RangeError when `intentId` is not a usable reference. */
  prepare(intent: PurchaseIntent): PreparedPurchase;
  buy(prepared: PreparedPurchase, options: CallOptions): Promise<BuyOutcome>;
  /** `sentAt` is when the purchase was last sent; `now` when this question is asked. */
  lookUp(
    purchase: PurchaseReference & { readonly sentAt: Date },
    options: CallOptions & { readonly now: Date },
  ): Promise<LookUpOutcome>;
  void(shipmentId: string, options: CallOptions): Promise<VoidOutcome>;
  track(trackingId: string, options: CallOptions): Promise<TrackOutcome>;
  /** What the carrier bills, from the line after `afterLineNo` on, a page of it; `now` when this is asked. */
  statement(afterLineNo: number, options: CallOptions & { readonly now: Date }): Promise<StatementOutcome>;
  /**
   * Whether this is a simulator, by its own word, asked where purchases go: no name and no setting says so. Nothing is bought
   * and no credential is sent.
   */
  isSimulator(options: CallOptions): Promise<SimulatorOutcome>;
}
