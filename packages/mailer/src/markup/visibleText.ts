/**
 * Control, line-breaking and direction-changing characters, and characters that show as nothing: a name may not
 * break out of its line, turn the text around it, or pretend to be another one.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]+/gu;

/**
 * A name or sentence written by somebody else, made fit to stand within one line of a mail or page:
 * invisible characters become a space, runs of space one space, and what is longer than `limit` characters is cut with `…`.
 */
export function visibleText(text: string, limit = 500): string {
  const line = text.replace(INVISIBLE, ' ').replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line;
}
