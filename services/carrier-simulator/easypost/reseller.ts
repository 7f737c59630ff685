import { randomBytes } from 'node:crypto';
import type { CarrierDesk } from '../desk/desk.ts';
import { checkOrder } from '../desk/orderChecks.ts';
import { Problem } from '../desk/problem.ts';
import type { HouseName } from '../desk/shipment.ts';
import { trackingNumber } from '../desk/trackingNumbers.ts';
import { zoneOf } from '../desk/zones.ts';
import type { Charge } from '../ledger/entries.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { enquiryOf, orderOf } from './reading.ts';
import type { ShipmentRequest } from './wire.ts';

const houses = ['express', 'parcel'] as const;

export interface Rate {
  readonly id: string;
  readonly house: HouseName;
  readonly serviceCode: string;
  readonly minor: number;
  readonly deliveryDays: number;
}

/** A shipment as it was quoted, and never changed after. */
export interface QuotedShipment {
  readonly id: string;
  readonly at: string;
  readonly request: ShipmentRequest;
  readonly rates: readonly Rate[];
  /** Houses that have nothing to offer for it. */
  readonly silent: readonly HouseName[];
}

/** Sells what both carriers offer, in its own name: charges are in the book as those of `easypost`. */
export class Reseller {
  readonly #desk: CarrierDesk;
  readonly #ledger: Ledger;
  readonly #now: () => Date;

  constructor(desk: CarrierDesk, ledger: Ledger, now: () => Date) {
    this.#desk = desk;
    this.#ledger = ledger;
    this.#now = now;
  }

  quote(request: ShipmentRequest): QuotedShipment {
    const enquiry = enquiryOf(request);
    const zone = zoneOf(enquiry.toCountry);
    const rates = houses.flatMap((house) =>
      this.#desk.quote(house, enquiry).offers.map(({ service, minor }) => ({
        id: newId('rate'),
        house,
        serviceCode: service.code,
        minor,
        deliveryDays: (zone && service.days[zone]?.[1]) ?? 1,
      })),
    );
    const quoted: QuotedShipment = {
      id: newId('shp'),
      at: this.#now().toISOString(),
      request,
      rates,
      silent: houses.filter((house) => rates.every((rate) => rate.house !== house)),
    };
    this.#ledger.addQuoted(quoted.id, JSON.stringify(quoted), this.#now());
    return quoted;
  }

  /** Throws `shipment_unknown`. */
  shipment(id: string): QuotedShipment {
    const kept = this.#kept(id);
    if (!kept) throw new Problem('shipment_unknown');
    return kept;
  }

  /** What the book names a shipment by: the customer's reference where it gave one. */
  referenceOf(id: string): string {
    return this.#kept(id)?.request.reference ?? id;
  }

  #kept(id: string): QuotedShipment | undefined {
    const kept = this.#ledger.quoted(id);
    return kept === undefined ? undefined : (JSON.parse(kept) as QuotedShipment);
  }

  /** Of a shipment; undefined before it is bought. */
  charge(id: string): Charge | undefined {
    return this.#ledger.byShipment('easypost', id);
  }

  /** Sells a shipment once; throws `key_conflict` where it was sold before, by whatever rate. */
  buy(id: string, rateId: string, bodyHash: string): Charge {
    return this.#ledger.inTransaction(() => {
      const quoted = this.shipment(id);
      if (this.charge(id)) throw new Problem('key_conflict');
      const rate = quoted.rates.find((one) => one.id === rateId);
      if (!rate) throw new Problem('offer_mismatch');
      const { house, serviceCode, minor } = rate;
      const reference = this.referenceOf(id);
      const order = orderOf(quoted.request, { reference, serviceCode, offerToken: rateId });
      checkOrder(order);
      return this.#ledger.addCharge(
        { carrier: 'easypost', shipmentId: id, key: undefined, bodyHash, minor, order },
        (serial) => trackingNumber(house, serviceCode, serial),
        this.#now(),
      );
    });
  }

  /** Whether a refund was taken in. What was scanned or is too old is rejected. Throws `shipment_unknown`. */
  refund(id: string): boolean {
    if (!this.charge(id)) throw new Problem('shipment_unknown');
    try {
      this.#desk.voidShipment('easypost', id);
      return true;
    } catch (error) {
      if (error instanceof Problem && (error.kind === 'scanned' || error.kind === 'void_window')) return false;
      throw error;
    }
  }
}

const newId = (prefix: 'shp' | 'rate'): string => `${prefix}_${randomBytes(16).toString('hex')}`;
