import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { unpackWoff } from './woff.ts';

const require = createRequire(import.meta.url);

let font: Buffer | undefined;

/**
 * UnifontEX (SIL Open Font License 1.1): one font for all of Unicode's basic plane, Chinese, Japanese and Korean among it.
 * Letters stand side by side as encoded: Arabic is not joined, Indic scripts are not composed, nothing runs right to left.
 * Unpacked at first use (14 MB, about 50 ms) and kept.
 */
export function unifont(): Buffer {
  font ??= unpackWoff(readFileSync(require.resolve('@fontsource/unifontex/files/unifontex-latin-400-normal.woff')));
  return font;
}
