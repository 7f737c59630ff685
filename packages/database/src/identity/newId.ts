import { randomFillSync } from 'node:crypto';

/** What an id stands for; `./ge why` and people tell ids apart by it. */
export type IdKind =
  | 'op'
  | 'tpl'
  | 'adr'
  | 'inv'
  | 'cmp'
  | 'inq'
  | 'feed'
  | 'doc'
  | 'lbl'
  | 'lbb'
  | 'quo'
  | 'sus'
  | 'mail'
  | 'key';

const chanceBytes = 10;
/** Drawn for many ids at once: asking the system costs more than the rest of an id. */
const drawn = Buffer.alloc(chanceBytes * 256);
let used = drawn.length;

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new id such as `tpl_06b1…`: kind, then 48 bits of time and 80 of chance in Crockford's base 32, so ids sort by age. */
export function newId<T extends string = string>(kind: IdKind): T {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += drawn.copy(bytes, 6, used, used + chanceBytes);
  let bits = 0;
  let value = 0;
  let text = '';
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(value >> bits) & 31];
    }
  }
  return `${kind}_${text}${alphabet[(value << (5 - bits)) & 31]}` as T;
}
