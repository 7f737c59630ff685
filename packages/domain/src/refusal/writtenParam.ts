const ELLIPSIS = '…';

/**
 * What somebody wrote, made fit to be repeated in a refusal's params: at most `limit` characters, no control characters,
 * no half of a surrogate pair (a JSON column would refuse both, and one bad row would stop its neighbours).
 */
export function writtenParam(text: string, limit = 80): string {
  const sound = text
    .slice(0, limit * 2)
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ');
  const characters = [...sound];
  if (characters.length <= limit && sound.length === text.length) return sound;
  return characters.slice(0, limit - 1).join('') + ELLIPSIS;
}
