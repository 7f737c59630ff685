/** Everything a carrier of the simulator can say no with; each dialect has its own number and status for it. */
export type ProblemKind =
  | 'credentials'
  | 'malformed'
  | 'address'
  | 'destination'
  | 'parcel'
  | 'customs'
  | 'label_format'
  | 'offer_expired'
  | 'offer_mismatch'
  | 'key_conflict'
  | 'shipment_unknown'
  | 'void_window'
  | 'scanned'
  | 'rate_limited'
  | 'not_supported'
  | 'unavailable'
  | 'internal';

/** Thrown by the desk, written by the dialect. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;

  constructor(kind: ProblemKind) {
    super(kind);
    this.kind = kind;
  }
}
