import { type FilingRequirement, filingProof, filingRequirement } from '../eligibility/exportFiling.ts';
import { normalizeHsCode } from '../eligibility/hsCode.ts';
import type { AddressId, SkuCode } from '../identity/ids.ts';
import type { Money } from '../money/money.ts';
import { sumMoney } from '../money/moneyArithmetic.ts';
import type { Order, OrderLine } from '../order/order.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import { writtenParam } from '../refusal/writtenParam.ts';
import type { Seller } from '../seller/seller.ts';
import type { Sku } from '../sku/sku.ts';
import type { ShippingTemplate } from '../template/shippingTemplate.ts';
import type { CalendarDate } from '../time/calendarDate.ts';
import { labelRefusals } from './labelRefusals.ts';
import type { Parcel, ParcelContent } from './parcel.ts';
import { LABEL_CURRENCY } from './shippingOffer.ts';

/** One line of the customs declaration. */
export interface CustomsLine {
  readonly description: string;
  /** 6–10 digits. */
  readonly hsCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly originCountry: string;
  readonly quantity: number;
  readonly unitValue: Money;
  readonly unitWeightGrams: number;
}

/**
 * What a label's request says beside the parcel and the buyer's address. Kept with the intent from the moment it is decided:
 * a SKU or template that changes later changes nothing about a request that may have to be sent again. No personal data.
 */
export interface ShipmentDeclaration {
  readonly shipFromId: AddressId;
  /** The day of hand-over that the offer was made for. */
  readonly shipDate: CalendarDate;
  readonly lines: readonly CustomsLine[];
  /** ITN, or the exemption legend. */
  readonly exportFiling: string;
}

export interface ShipmentFacts {
  readonly order: Pick<Order, 'lines' | 'destination'>;
  readonly parcel: Pick<Parcel, 'contents'>;
  readonly skus: ReadonlyMap<SkuCode, Pick<Sku, 'title' | 'exportData'>>;
  readonly shipFromId: AddressId;
  readonly shipDate: CalendarDate;
  /** Where the value of the goods demands one. */
  readonly itn: string | null;
}

/** What is known of the products of some lines: as they are now, or as they were when the order came in where they are off sale since (R21). */
export const goodsOf = (
  lines: readonly Pick<OrderLine, 'sku' | 'goods'>[],
  skus: ShipmentFacts['skus'],
): ShipmentFacts['skus'] =>
  new Map(
    lines.flatMap(({ sku, goods }) => {
      const known = skus.get(sku) ?? goods;
      return known ? [[sku, known] as const] : [];
    }),
  );

const DESCRIPTION_LETTERS = 60;

/** Where a parcel starts: the first ship-from address of its template (R7), else the seller's general one (R3). */
export const shipFromOf = (
  template: Pick<ShippingTemplate, 'shipFrom'> | null,
  seller: Pick<Seller, 'generalAddressId'>,
): AddressId | null => template?.shipFrom[0] ?? seller.generalAddressId;

/** What customs are told of a parcel, and whether it must be filed in AES first. */
export interface ParcelCustoms {
  readonly lines: readonly CustomsLine[];
  /** Of all lines together. */
  readonly value: Money;
  readonly filing: FilingRequirement;
}

/** Puts together what customs are told of a parcel (R5, R23). Refuses goods whose export data are incomplete. */
export function parcelCustoms(
  { order, parcel, skus }: Pick<ShipmentFacts, 'order' | 'parcel' | 'skus'>,
  now: Date,
): Decision<ParcelCustoms> {
  const refusals: Refusal[] = [];
  const lines: CustomsLine[] = [];
  parcel.contents.forEach((content, i) => {
    const line = order.lines.find((candidate) => candidate.lineId === content.lineId && candidate.accepted);
    const declared = line && customsLine(content, line, skus.get(line.sku));
    if (declared) lines.push(declared);
    else {
      const params = { sku: writtenParam(line?.sku ?? content.lineId, 40) };
      refusals.push(labelRefusals.refusal('label.customs_incomplete', `/parcel/contents/${i}`, params));
    }
  });
  if (refusals.length > 0) return refuse(...refusals);
  const filed = lines.map(({ hsCode, quantity, unitValue }) => ({ scheduleB: hsCode, quantity, unitValue }));
  const filing = filingRequirement({ destination: order.destination, lines: filed }, now);
  if (!filing.ok) return filing;
  const value = sumMoney(
    filing.value.groups.map((group) => group.value),
    LABEL_CURRENCY,
  );
  return accept({ lines, value, filing: filing.value });
}

/** The same with the proof of filing. Refuses a missing ITN besides. */
export function declareShipment(facts: ShipmentFacts, now: Date): Decision<ShipmentDeclaration> {
  const customs = parcelCustoms(facts, now);
  if (!customs.ok) return customs;
  const { lines, filing } = customs.value;
  const proof = filingProof(filing, facts.itn);
  const { shipFromId, shipDate } = facts;
  return proof.ok ? accept({ shipFromId, shipDate, lines, exportFiling: proof.value }) : proof;
}

function customsLine(
  { quantity }: ParcelContent,
  line: OrderLine,
  sku: Pick<Sku, 'title' | 'exportData'> | undefined,
): CustomsLine | null {
  const { category, hsCode, originCountry, weightGrams, value } = sku?.exportData ?? {};
  const code = hsCode ? normalizeHsCode(hsCode) : null;
  const unitValue = customsValue(line, value);
  const description = written(sku?.title) || written(category);
  if (!description || !code || !originCountry || !weightGrams || !unitValue) return null;
  return {
    description,
    hsCode: code,
    originCountry,
    quantity,
    unitValue,
    unitWeightGrams: weightGrams,
  };
}

const written = (text = ''): string =>
  text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, DESCRIPTION_LETTERS)
    .toWellFormed();

/** What the buyer paid; where that was in another currency, what the producer states. */
const customsValue = ({ unitPrice }: OrderLine, stated: Money | null | undefined): Money | null =>
  unitPrice.currency === LABEL_CURRENCY ? unitPrice : (stated ?? null);
