import type { CountryCode } from '../identity/ids.ts';
import { isMoney, type Money, money, zeroMoney } from '../money/money.ts';
import { addMoney, compareMoney, timesMoney } from '../money/moneyArithmetic.ts';
import { formatMoney } from '../money/moneyText.ts';
import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import { destinationBarOf } from '../region/servedDestinations.ts';
import { exportFilingRefusals } from './exportFilingRefusals.ts';
import { normalizeHsCode } from './hsCode.ts';

/** Goods under one Schedule B number worth more than this need Electronic Export Information; exactly this is exempt (15 CFR 30.37(a)). */
export const FILING_THRESHOLD: Money = money(2_500_00, 'USD');

export interface FilingLine {
  /** Schedule B number (10 digits), or the HS code where no longer one is known. */
  readonly scheduleB: string;
  readonly quantity: number;
  readonly unitValue: Money;
}

export interface FilingGroup {
  readonly scheduleB: string;
  readonly value: Money;
  readonly overThreshold: boolean;
}

export interface FilingRequirement {
  /** Whether an ITN must be on the label's data. */
  readonly itnRequired: boolean;
  /** What is declared instead of an ITN; null when one is required. */
  readonly exemption: 'NO EEI 30.36' | 'NO EEI 30.37(a)' | null;
  readonly groups: readonly FilingGroup[];
}

/** One shipment to one consignee on one day. */
export interface FilingShipment {
  readonly destination: CountryCode;
  readonly lines: readonly FilingLine[];
  /** Under an export licence: no exemption applies. */
  readonly licensed?: boolean;
}

/** Beyond any parcel; keeps every sum within exact integers. */
const MOST_ITEMS = 100_000;
const MOST_CENTS = 1_000_000_000;

function lineRefusals({ scheduleB, quantity, unitValue }: FilingLine, index: number): readonly Refusal[] {
  const at = `/lines/${index}`;
  const wholeQuantity = Number.isSafeInteger(quantity) && quantity >= 1 && quantity <= MOST_ITEMS;
  const usd =
    isMoney(unitValue) && unitValue.currency === 'USD' && unitValue.minor >= 0 && unitValue.minor <= MOST_CENTS;
  return [
    ...(normalizeHsCode(scheduleB) === null
      ? [exportFilingRefusals.refusal('export_filing.hs_code', `${at}/scheduleB`)]
      : []),
    ...(wholeQuantity ? [] : [exportFilingRefusals.refusal('export_filing.quantity', `${at}/quantity`)]),
    ...(usd ? [] : [exportFilingRefusals.refusal('export_filing.value', `${at}/unitValue`)]),
  ];
}

/** Sums lines by number. A shorter code takes in every longer one under it: what is not known apart is counted together. */
function groupLines(lines: readonly FilingLine[]): readonly FilingGroup[] {
  const coded = lines.map((line) => ({ ...line, code: normalizeHsCode(line.scheduleB)! }));
  const codes = [...new Set(coded.map(({ code }) => code))].sort();
  const heads = codes.filter((code) => !codes.some((head) => head !== code && code.startsWith(head)));
  return heads.map((scheduleB) => {
    const value = coded
      .filter(({ code }) => code.startsWith(scheduleB))
      .reduce((sum, line) => addMoney(sum, timesMoney(line.unitValue, line.quantity)), zeroMoney('USD'));
    return { scheduleB, value, overThreshold: compareMoney(value, FILING_THRESHOLD) > 0 };
  });
}

/**
 * Whether a shipment from the United States must be filed in AES before its label is bought (15 CFR 30). Canada is exempt unless
 * licensed; embargoed destinations and licensed goods never are. Values are in USD.
 */
export function filingRequirement(shipment: FilingShipment, now: Date): Decision<FilingRequirement> {
  const refusals = shipment.lines.flatMap(lineRefusals);
  if (refusals.length > 0) return refuse(...refusals);
  const groups = groupLines(shipment.lines);
  const controlled = shipment.licensed === true || destinationBarOf(shipment.destination, now)?.bar === 'embargoed';
  if (controlled) return accept({ itnRequired: true, exemption: null, groups });
  if (shipment.destination === 'CA') return accept({ itnRequired: false, exemption: 'NO EEI 30.36', groups });
  const itnRequired = groups.some(({ overThreshold }) => overThreshold);
  return accept({ itnRequired, exemption: itnRequired ? null : 'NO EEI 30.37(a)', groups });
}

/** An Internal Transaction Number as AES gives it: X and 14 digits. */
export const isItn = (text: string): boolean => /^X\d{14}$/.test(text);

/**
 * The proof of filing to put on a shipment: the ITN where one is required, else the exemption legend.
 * Refuses a missing ITN, naming each group over the threshold, and a malformed one.
 */
export function filingProof(requirement: FilingRequirement, itn: string | null, field = '/itn'): Decision<string> {
  if (itn !== null) {
    return isItn(itn) ? accept(itn) : refuse(exportFilingRefusals.refusal('export_filing.itn_malformed', field));
  }
  if (requirement.exemption) return accept(requirement.exemption);
  const over = requirement.groups.filter(({ overThreshold }) => overThreshold);
  if (over.length === 0) return refuse(exportFilingRefusals.refusal('export_filing.licensed', field));
  return refuse(
    ...over.map(({ scheduleB, value }) =>
      exportFilingRefusals.refusal('export_filing.required', field, { scheduleB, value: formatMoney(value) }),
    ),
  );
}
