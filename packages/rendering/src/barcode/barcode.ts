// The named export `raw` is a symbology of that name; the encoder is found on the default export alone.
import bwip from 'bwip-js/node';

/** `code128`: the text as it stands. `gs1-128`: application identifiers in parentheses, for instance `(00)003401234567890123`. */
export interface Barcode {
  readonly symbology: 'code128' | 'gs1-128';
  readonly text: string;
}

const accepted: Readonly<Record<Barcode['symbology'], RegExp>> = {
  code128: /^[0-9A-Za-z-]{1,40}$/,
  'gs1-128': /^(?:\(\d{2,4}\)[0-9A-Za-z]{1,30}){1,3}$/,
};

/** A barcode that cannot be drawn; the message names the symbology only, never the content. */
export class BarcodeError extends Error {
  override readonly name = 'BarcodeError';
}

/** Throws BarcodeError unless the text is plain enough for every printer: letters, digits and hyphens. */
export function assertDrawable({ symbology, text }: Barcode): void {
  if (!accepted[symbology].test(text)) throw new BarcodeError(`text not drawable as ${symbology}`);
}

/**
 * Widths of bars and spaces in modules, bar first, without quiet zones.
 * Throws BarcodeError when the symbology cannot take the text (a GS1 identifier with a wrong length or check digit).
 */
export function barcodeModules(barcode: Barcode): readonly number[] {
  assertDrawable(barcode);
  const symbol = encode(barcode);
  if (!symbol || !('sbs' in symbol)) throw new BarcodeError(`${barcode.symbology} is not a linear symbology`);
  return symbol.sbs;
}

function encode({ symbology, text }: Barcode) {
  try {
    return bwip.raw({ bcid: symbology, text })[0];
  } catch {
    throw new BarcodeError(`text not encodable as ${symbology}`);
  }
}

/** Modules of blank that a reader needs on either side. */
const QUIET_ZONE = 10;

export interface Bar {
  readonly x: number;
  readonly width: number;
}

/**
 * Places the bars in `width` units, modules a whole number of `grain` units wide so that every bar falls on whole dots, and centred.
 * Throws BarcodeError when not even modules of one grain fit with their quiet zones.
 */
export function placeBars(
  modules: readonly number[],
  width: number,
  grain: number,
): { readonly module: number; readonly start: number; readonly bars: readonly Bar[] } {
  const total = modules.reduce((sum, module) => sum + module, 0);
  const module = Math.floor(width / (total + 2 * QUIET_ZONE) / grain + 1e-9) * grain;
  if (module < grain) throw new BarcodeError('the barcode is wider than its place');
  const start = Math.floor((width - total * module) / 2 / grain) * grain;
  const bars: Bar[] = [];
  let x = start;
  modules.forEach((count, i) => {
    if (i % 2 === 0) bars.push({ x, width: count * module });
    x += count * module;
  });
  return { module, start, bars };
}
