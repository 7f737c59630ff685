import { randomUUID } from 'node:crypto';
import type { Charge, ScanCode, StatementLine } from '../ledger/entries.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type AbilitiesByCarrier, defaultAbilities } from './abilities.ts';
import { dutyMinor } from './duties.ts';
import { type OfferTerms, offerFits, openOffer, sealOffer } from './offerToken.ts';
import { checkOrder } from './orderChecks.ts';
import { Problem } from './problem.ts';
import { type CarrierService, carrierServices } from './services.ts';
import { type CarrierName, carrierNames, type Enquiry, type HouseName, type ShipmentOrder } from './shipment.ts';
import { addWorkingDays, priceMinor, type Rejection, rejection } from './tariff.ts';
import { trackingNumber } from './trackingNumbers.ts';
import { zoneOf } from './zones.ts';

/** A parcel that is there has been cleared. */
const clearedBy: ReadonlySet<ScanCode> = new Set(['arrived', 'out_for_delivery', 'delivered']);
/** Lines on one page of a statement, at most. */
export const STATEMENT_PAGE = 1_000;

const OFFER_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
const VOID_MS: Readonly<Record<CarrierName, number>> = {
  express: 30 * DAY_MS,
  parcel: 90 * DAY_MS,
  easypost: 30 * DAY_MS,
};

export interface DeskOffer {
  readonly service: CarrierService;
  readonly minor: number;
  readonly token: string;
  readonly until: Date;
  readonly shipDate: string;
  readonly earliest: string;
  readonly latest: string;
}

export interface DeskQuote {
  readonly offers: readonly DeskOffer[];
  readonly rejected: readonly { readonly service: CarrierService; readonly reason: Rejection }[];
}

/** What both carriers do behind their wire formats. Every method is one step: it either happened or throws a Problem. */
export class CarrierDesk {
  readonly #ledger: Ledger;
  readonly #now: () => Date;
  readonly #offerSecret: string;
  abilities: AbilitiesByCarrier = defaultAbilities;
  /** Told of every scan, in the transaction that writes it down. */
  onScan: (charge: Charge, code: ScanCode, at: Date) => void = () => undefined;

  constructor(ledger: Ledger, now: () => Date) {
    this.#ledger = ledger;
    this.#now = now;
    this.#offerSecret = ledger.fact('offer_secret', randomUUID);
  }

  quote(carrier: HouseName, enquiry: Enquiry): DeskQuote {
    const until = new Date(this.#now().getTime() + OFFER_MS);
    const offers: DeskOffer[] = [];
    const rejected: { service: CarrierService; reason: Rejection }[] = [];
    for (const service of carrierServices.filter((candidate) => candidate.carrier === carrier)) {
      const reason = rejection(service, enquiry);
      if (reason) rejected.push({ service, reason });
      else offers.push(this.#offer(service, enquiry, until));
    }
    return { offers, rejected };
  }

  #offer(service: CarrierService, enquiry: Enquiry, until: Date): DeskOffer {
    const { shipDate, toCountry, parcel } = enquiry;
    const zone = zoneOf(toCountry)!;
    const [earliest, latest] = service.days[zone] ?? [1, 1];
    const minor = priceMinor(service, zone, parcel);
    const terms: OfferTerms = {
      carrier: service.carrier,
      service: service.code,
      to: toCountry,
      parcel: { ...parcel },
      shipDate,
      minor,
      until: until.getTime(),
    };
    return {
      service,
      minor,
      until,
      shipDate,
      token: sealOffer(terms, this.#offerSecret),
      earliest: addWorkingDays(shipDate, earliest),
      latest: addWorkingDays(shipDate, latest),
    };
  }

  /** Charges once for a key and a body where keys are honoured; throws `key_conflict` for the key with another body. */
  purchase(carrier: HouseName, order: ShipmentOrder, key: string | undefined, bodyHash: string): Charge {
    return this.#ledger.inTransaction(() => {
      const usedKey = this.abilities[carrier].idempotencyKeys ? key : undefined;
      const before = usedKey === undefined ? undefined : this.#ledger.byKey(carrier, usedKey);
      if (before) {
        if (before.bodyHash !== bodyHash) throw new Problem('key_conflict');
        return before;
      }
      const terms = openOffer(order.offerToken, this.#offerSecret);
      if (!terms || !offerFits(terms, carrier, order)) throw new Problem('offer_mismatch');
      if (terms.until < this.#now().getTime()) throw new Problem('offer_expired');
      checkOrder(order);
      return this.#ledger.addCharge(
        { carrier, shipmentId: randomUUID(), key, bodyHash, minor: terms.minor, order },
        (serial) => trackingNumber(carrier, order.serviceCode, serial),
        this.#now(),
      );
    });
  }

  lookUp(carrier: HouseName, by: { readonly key: string } | { readonly reference: string }): readonly Charge[] {
    if (!this.abilities[carrier].lookUp) throw new Problem('not_supported');
    return 'key' in by ? this.#ledger.listByKey(carrier, by.key) : this.#ledger.listByReference(carrier, by.reference);
  }

  /** Gives the whole charge back, once; asking again gives the same answer. */
  voidShipment(carrier: CarrierName, shipmentId: string): Charge {
    return this.#ledger.inTransaction(() => {
      const charge = this.#ledger.byShipment(carrier, shipmentId);
      if (!charge) throw new Problem('shipment_unknown');
      if (charge.voided) return charge;
      if (this.#ledger.scans(charge.trackingId).length > 0) throw new Problem('scanned');
      const now = this.#now();
      if (now.getTime() - charge.at.getTime() > VOID_MS[carrier]) throw new Problem('void_window');
      this.#ledger.addVoid(shipmentId, charge.minor, now);
      return this.#ledger.byShipment(carrier, shipmentId)!;
    });
  }

  track(carrier: CarrierName, trackingId: string): readonly { readonly code: ScanCode; readonly at: Date }[] {
    if (this.#ledger.byTracking(trackingId)?.carrier !== carrier) throw new Problem('shipment_unknown');
    return this.#ledger.scans(trackingId);
  }

  /** The outside world moves the parcel; duty is billed once it is where it goes. */
  scan(trackingId: string, code: ScanCode, at: Date): void {
    this.#ledger.inTransaction(() => {
      const charge = this.#ledger.byTracking(trackingId);
      if (!charge) throw new Problem('shipment_unknown');
      this.#ledger.addScan(trackingId, code, at);
      this.onScan(charge, code, at);
      if (clearedBy.has(code) && !this.#ledger.isBilled(charge.shipmentId, 'duty'))
        this.#ledger.bill(charge, 'duty', dutyMinor(charge.order), this.#now());
    });
  }

  /** The carrier weighs a parcel again: it bills more, or gives something back. */
  adjust(shipmentId: string, minor: number): void {
    const charge = carrierNames.map((carrier) => this.#ledger.byShipment(carrier, shipmentId)).find(Boolean);
    if (!charge) throw new Problem('shipment_unknown');
    this.#ledger.bill(charge, 'adjustment', minor, this.#now());
  }

  statement(carrier: CarrierName, after: number): readonly StatementLine[] {
    return this.#ledger.statement(carrier, after, STATEMENT_PAGE);
  }
}
