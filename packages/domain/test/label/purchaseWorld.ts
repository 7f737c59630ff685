import { expect } from 'vitest';
import {
  type BoughtShipment,
  type CarrierAbilities,
  claimLabel,
  type Decision,
  type LabelPurchase,
  type LabelTask,
  markSent,
  mayLabelBecome,
  type PurchaseOutcome,
  refuseUnsent,
  requestVoid,
  resolveParked,
  settleLookUp,
  settlePurchase,
  settleSecondQuote,
  settleVoid,
} from '../../src/index.ts';
import { aDeclaration } from '../builders/aDeclaration.ts';
import { aLabel, anOffer } from '../builders/aLabel.ts';
import { aMoment } from '../builders/moments.ts';

const LEASE_MS = 20_000;

/** What a worker believes: taken when it claimed, never refreshed, so it may be long out of date. */
interface Belief {
  readonly fence: number;
  readonly task: LabelTask;
  readonly leaseUntil: number;
  readonly answer: PurchaseOutcome | null;
}

/** A purchase on its way: it reaches the carrier, or is lost, before the horizon. */
interface Call {
  readonly worker: number;
  readonly decideBy: number;
}

/** One label, some workers and a carrier that records every charge; what they do is up to the test. */
export class PurchaseWorld {
  label: LabelPurchase = aLabel();
  now = aMoment.getTime();
  /** Shipments charged and not voided, and how often the label became `purchased`. */
  charges: BoughtShipment[] = [];
  purchases = 0;
  private keyFirstUsedAt: number | null = null;
  private keyedShipment: BoughtShipment | null = null;
  private made = 0;
  private calls: Call[] = [];
  private readonly beliefs: (Belief | null)[] = [null, null, null];
  readonly carrier: CarrierAbilities;

  constructor(carrier: CarrierAbilities) {
    this.carrier = carrier;
  }

  private get clock(): Date {
    return new Date(this.now);
  }

  /** Writes what was decided, as the database would, and checks what holds for every write. */
  private write(decision: Decision<LabelPurchase>, fence: number | null): void {
    const before = this.label;
    if (fence !== null && fence !== before.fence) expect(decision.ok).toBe(false);
    if (!decision.ok) return;
    const after = decision.value;
    if (after === before) return;
    expect(mayLabelBecome(before.state, after.state)).toBe(true);
    expect(after.fence).toBeGreaterThanOrEqual(before.fence);
    if (after.state === 'purchased') this.purchases += 1;
    this.label = after;
  }

  claim(worker: number): void {
    const decision = claimLabel(this.label, this.carrier, LEASE_MS, this.clock);
    if (!decision.ok) return;
    const { label, task } = decision.value;
    expect(label.fence).toBe(this.label.fence + 1);
    this.beliefs[worker] = { fence: label.fence, task, leaseUntil: this.now + LEASE_MS, answer: null };
    this.write({ ok: true, value: label, warnings: [] }, null);
  }

  private charge(): BoughtShipment {
    const remembered = this.keyFirstUsedAt !== null && this.now - this.keyFirstUsedAt < this.carrier.keyLifetimeMs;
    if (this.carrier.idempotencyKey && remembered && this.keyedShipment) return this.keyedShipment;
    this.made += 1;
    const shipment: BoughtShipment = {
      charge: { minor: 2450, currency: 'USD' },
      shipmentRef: `shp-${this.made}`,
      trackingId: `trk-${this.made}`,
      documentId: null,
    };
    this.charges.push(shipment);
    this.keyFirstUsedAt = this.now;
    this.keyedShipment = shipment;
    return shipment;
  }

  send(worker: number, hash: string): void {
    const belief = this.beliefs[worker];
    if (belief?.task !== 'buy') return;
    const decision = markSent(this.label, belief.fence, hash, LEASE_MS, this.clock);
    this.write(decision, belief.fence);
    if (decision.ok && decision.value.state === 'sent') {
      this.calls.push({ worker, decideBy: this.now + this.carrier.horizonMs });
    }
  }

  /** The carrier gets to a call at last: it charges and answers, charges and the answer is lost, or does nothing. */
  carry(fate: 'answered' | 'answer_lost' | 'refused' | 'not_now' | 'never_arrived'): void {
    const call = this.calls.shift();
    if (!call) return;
    const belief = this.beliefs[call.worker];
    const tell = (answer: PurchaseOutcome) => {
      if (belief) this.beliefs[call.worker] = { ...belief, answer };
    };
    if (fate === 'refused') tell({ kind: 'refused', code: 'no' });
    if (fate === 'not_now') tell({ kind: 'not_now' });
    if (fate === 'never_arrived') tell({ kind: 'unknown' });
    if (fate === 'answered' || fate === 'answer_lost') {
      const shipment = this.charge();
      tell(fate === 'answered' ? { kind: 'purchased', shipment } : { kind: 'unknown' });
    }
  }

  settle(worker: number): void {
    const belief = this.beliefs[worker];
    if (!belief?.answer) return;
    this.write(settlePurchase(this.label, belief.fence, belief.answer, this.clock), belief.fence);
  }

  /** A look-up or a repeat; it leaves within the lease or not at all. */
  resolve(worker: number, lost: boolean): void {
    const belief = this.beliefs[worker];
    if (!belief || this.now >= belief.leaseUntil) return;
    if (belief.task !== 'look_up' && belief.task !== 'repeat') return;
    const found = belief.task === 'repeat' ? this.charge() : this.charges[0];
    const settlement = settleLookUp(
      this.label,
      belief.fence,
      lost ? { kind: 'unknown' } : found ? { kind: 'bought', shipment: found, voided: false } : { kind: 'not_bought' },
      this.carrier,
      this.clock,
    );
    this.write(settlement.ok ? { ...settlement, value: settlement.value.label } : settlement, belief.fence);
  }

  refuseUnsent(worker: number): void {
    const belief = this.beliefs[worker];
    if (belief) this.write(refuseUnsent(this.label, belief.fence, 'order_cancelled', this.clock), belief.fence);
  }

  /** Somebody who holds a claim asks for the price again: tolerated, too dear, or without an answer. */
  quoteAgain(worker: number, found: 'tolerated' | 'too_dear' | 'unavailable'): void {
    const belief = this.beliefs[worker];
    if (!belief) return;
    const rate = { minor: this.label.quoted.minor + (found === 'too_dear' ? 1 : 0), currency: 'USD' } as const;
    const offer = anOffer({ serviceId: this.label.serviceId, rate, validUntil: new Date(this.now + 600_000) });
    const { shipDate } = aDeclaration;
    const decision = settleSecondQuote(
      { ...this.label, declaration: aDeclaration },
      belief.fence,
      found === 'unavailable' ? { kind: 'unavailable' } : { kind: 'offers', offers: [offer], shipDate },
      this.clock,
    );
    if (decision.ok) expect(this.label).toMatchObject({ state: 'claimed', requestHash: null });
    this.write(decision, belief.fence);
  }

  crash(worker: number): void {
    this.beliefs[worker] = null;
  }

  askVoid(): void {
    this.write(requestVoid(this.label, null, this.carrier, this.clock), null);
  }

  voidAtCarrier(worker: number, outcome: 'voided' | 'refused' | 'lost'): void {
    const belief = this.beliefs[worker];
    if (belief?.task !== 'void' || this.now >= belief.leaseUntil) return;
    if (outcome !== 'refused') this.charges = [];
    const told =
      outcome === 'lost'
        ? ({ kind: 'unknown' } as const)
        : outcome === 'voided'
          ? ({ kind: 'voided' } as const)
          : ({ kind: 'refused', code: 'too_late' } as const);
    this.write(settleVoid(this.label, belief.fence, told, this.clock), belief.fence);
  }

  /** A person looks into the carrier's books, once nothing can arrive there any more. */
  decideParked(): void {
    if (this.label.state !== 'parked' || this.calls.length > 0) return;
    const [shipment] = this.charges;
    const finding = shipment ? ({ kind: 'bought', shipment } as const) : ({ kind: 'not_bought' } as const);
    this.write(resolveParked(this.label, finding, this.clock), null);
  }

  pass(ms: number): void {
    this.now += ms;
    while (this.calls[0] && this.calls[0].decideBy <= this.now) this.carry('never_arrived');
  }

  check(): void {
    expect(this.charges.length).toBeLessThanOrEqual(1);
    expect(this.made).toBeLessThanOrEqual(1);
    expect(this.purchases).toBeLessThanOrEqual(1);
    const { state } = this.label;
    if (state === 'purchased' || state === 'void_refused') expect(this.charges.length).toBeLessThanOrEqual(1);
    if (state === 'purchased') expect(this.label.shipmentRef).toBe(this.charges[0]?.shipmentRef);
    if (state === 'refused' || state === 'requested' || state === 'claimed') {
      expect(this.charges).toEqual([]);
      expect(this.calls).toEqual([]);
    }
  }

  /** Nothing is disturbed any more: whoever is free does what is owed until nothing is. */
  runToTheEnd(): void {
    for (let round = 0; round < 200; round += 1) {
      this.pass(this.carrier.horizonMs + LEASE_MS);
      this.claim(0);
      this.send(0, 'hash');
      this.carry('answered');
      this.settle(0);
      this.resolve(0, false);
      this.voidAtCarrier(0, 'voided');
      this.decideParked();
      this.check();
    }
  }
}
