import { domainToASCII } from 'node:url';

// Dot-atoms only. Quoted local parts are legal and used by nobody but attackers: programs disagree on where they end.
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * The address in the form that goes over the wire (international domains in ASCII), or undefined when mail must not be
 * sent to it: control characters or blanks, several addresses, a quoted local part, a domain without a dot, over-long parts.
 */
export function wireAddress(address: string): string | undefined {
  if (address.length > 254) return undefined;
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  if (at < 1 || local.length > 64 || !LOCAL_PART.test(local)) return undefined;
  const given = address.slice(at + 1);
  // Only letters, digits, dots and hyphens reach the conversion, which would quietly drop or decode anything else.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(given)) return undefined;
  const domain = domainToASCII(given);
  return DOMAIN.test(domain) ? `${local}@${domain}` : undefined;
}

/** A sender as configured: `mail@example.com` or `Global Express <mail@example.com>`. */
export interface Sender {
  readonly name: string;
  readonly address: string;
  readonly domain: string;
}

/** Reads a configured sender. Throws RangeError when it is not one address with an optional plain name. */
export function parseSender(from: string): Sender {
  const match = /^(?:([^<>"\p{Cc}]*)<([^<>]+)>|([^<>\s]+))$/u.exec(from.trim());
  const address = wireAddress(match?.[2] ?? match?.[3] ?? '');
  if (!address) throw new RangeError('the sender must be one address, like "Name <mail@example.com>"');
  return { name: match?.[1]?.trim() ?? '', address, domain: address.slice(address.lastIndexOf('@') + 1) };
}
