import type { AddressFields } from './addressFields.ts';
import type { RaiseAddress } from './addressRefusals.ts';
import { type KnownState, knownState, usTerritories } from './usStates.ts';
import { parseZip, stateOfZip, zipFit } from './zipCode.ts';

/** The country a seller wrote: US itself, or a territory given as a country of its own. */
export interface UsCountry {
  readonly territory?: string;
}

/** US under its usual spellings (`US`, `usa`, `U.S.`) or the ISO code of a territory; undefined for anything else. */
export function readCountry(written: string): UsCountry | undefined {
  const letters = written.toUpperCase().replace(/[ .]/g, '');
  if (letters === 'US' || letters === 'USA') return {};
  return Object.hasOwn(usTerritories, letters) ? { territory: letters } : undefined;
}

export interface Located {
  readonly state: string | undefined;
  readonly zip: string | undefined;
}

/** Reads state and ZIP and judges each and both together. A territory given as the country stands in for a missing state. */
export function locate(
  fields: AddressFields,
  country: UsCountry,
  territoriesAllowed: boolean,
  raise: RaiseAddress,
  warn: RaiseAddress,
): Located {
  const writtenState = fields.state ?? country.territory;
  const state = writtenState === undefined ? undefined : knownState(writtenState);
  const zip = fields.postalCode === undefined ? undefined : parseZip(fields.postalCode);
  if (writtenState === undefined) raise('address.required', 'state');
  else if (!state || (country.territory && country.territory !== state.code)) raise('address.unknown_state', 'state');
  if (state && !territoriesAllowed && state.kind === 'territory') raise('address.territory', 'state');
  if (state?.kind === 'military') raise('address.military', 'state');
  if (fields.postalCode !== undefined && !zip) raise('address.zip_format', 'postalCode');
  if (zip) judgeZip(zip, state, territoriesAllowed, raise, warn);
  return { state: state?.code, zip };
}

function judgeZip(
  zip: string,
  state: KnownState | undefined,
  territoriesAllowed: boolean,
  raise: RaiseAddress,
  warn: RaiseAddress,
): void {
  const zipState = stateOfZip(zip);
  if (zipState === undefined) {
    raise('address.zip_not_in_use', 'postalCode');
    return;
  }
  if (!state) {
    // Without a state to compare with, the ZIP alone still says that this is no place in a state.
    const kind = knownState(zipState)?.kind;
    if (kind === 'military') raise('address.military', 'postalCode');
    if (kind === 'territory' && !territoriesAllowed) raise('address.territory', 'postalCode');
    return;
  }
  // A military address is refused as such; what ZIP it has makes no difference.
  if (state.kind === 'military') return;
  const fit = zipFit(zip, state.code);
  const params = { zipState, state: state.code };
  if (fit === 'mismatch') raise('address.zip_state_mismatch', 'postalCode', params);
  if (fit === 'crosses') warn('address.zip_crosses_state', 'postalCode', params);
}
