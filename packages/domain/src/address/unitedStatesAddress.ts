import { accept, type Decision, type Refusal, refuse } from '../refusal/refusal.ts';
import type { Address } from './address.ts';
import { type AddressField, type FieldLimits, readFields } from './addressFields.ts';
import { addressRefusals, type RaiseAddress } from './addressRefusals.ts';
import { judgeLines } from './unitedStatesLines.ts';
import { locate, readCountry } from './unitedStatesLocation.ts';
import type { UsStateCode } from './usStates.ts';

declare const validated: unique symbol;

/** A normalised United States address that holds R6. Only `validateUnitedStatesAddress` makes one. */
export interface UsAddress extends Address {
  readonly state: UsStateCode;
  /** `12345` or `12345-6789`. */
  readonly postalCode: string;
  readonly country: 'US';
  readonly [validated]: 'UsAddress';
}

export interface UsAddressOptions {
  /** Accept PR VI GU AS MP FM MH PW as well (R6 leaves it to policy). Default false. */
  readonly territoriesAllowed?: boolean;
  /** JSON pointer to the address within what was sent; it precedes each field. Default `''`. */
  readonly at?: string;
}

/** Most characters of each field after normalisation. */
export const usAddressLimits: FieldLimits = {
  name: 50,
  line1: 60,
  line2: 60,
  city: 30,
  state: 40,
  postalCode: 20,
  country: 20,
  phone: 20,
  email: 254,
};

// State is missed by `locate`, which knows what can stand in for it.
const REQUIRED: readonly AddressField[] = ['name', 'line1', 'city', 'postalCode', 'country'];

// Such an address gives itself away in several fields; the first one says enough.
const SAID_ONCE: ReadonlySet<string> = new Set(['address.military', 'address.territory']);

/**
 * Decides whether an address may stand in the general shipping settings (R6): a street address in the 50 states or DC,
 * or in a territory where policy allows, whose ZIP fits its state. Gives the normalised copy (full-width folded, blanks
 * collapsed, state as its code, ZIP as `12345[-6789]`, country `US`) with warnings, or every reason against it.
 * Takes any strings; validating what it returned gives the same again.
 */
export function validateUnitedStatesAddress(address: Address, options: UsAddressOptions = {}): Decision<UsAddress> {
  const { territoriesAllowed = false, at = '' } = options;
  const { fields, refusals } = readFields(address, {
    limits: usAddressLimits,
    required: REQUIRED,
    missing: (field) => addressRefusals.refusal('address.required', `${at}/${field}`),
    tooLong: (field, limit) => addressRefusals.refusal('address.too_long', `${at}/${field}`, { limit }),
  });
  const raised = new Map<string, Refusal>();
  const raise: RaiseAddress = (code, field, params) => {
    const key = SAID_ONCE.has(code) ? code : `${code} ${field}`;
    if (!raised.has(key)) raised.set(key, addressRefusals.refusal(code, `${at}/${field}`, params));
  };
  const warnings: Refusal[] = [];
  const warn: RaiseAddress = (code, field, params) => {
    warnings.push(addressRefusals.warning(code, `${at}/${field}`, params));
  };

  judgeLines(fields, raise, warn);
  // A missing country is said already; taking it for US lets the rest be judged in the same answer.
  const country = readCountry(fields.country ?? 'US');
  if (!country) raise('address.not_us', 'country');
  if (country?.territory && !territoriesAllowed) raise('address.territory', 'country');
  // State and postal code of another country follow its own rules, so nothing useful could be said of them.
  const located = country && locate(fields, country, territoriesAllowed, raise, warn);

  const reasons = [...refusals, ...raised.values()];
  const { name, line1, city } = fields;
  if (reasons.length > 0 || !name || !line1 || !city || !located?.state || !located.zip) return refuse(...reasons);
  const normalised = {
    name,
    line1,
    ...(fields.line2 !== undefined && { line2: fields.line2 }),
    city,
    state: located.state as UsStateCode,
    postalCode: located.zip,
    country: 'US' as const,
    ...(fields.phone !== undefined && { phone: fields.phone }),
    ...(fields.email !== undefined && { email: fields.email }),
  };
  return accept(normalised as UsAddress, warnings);
}
