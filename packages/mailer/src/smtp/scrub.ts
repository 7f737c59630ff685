const MAX_LENGTH = 200;

const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * A server's words without personal data, fit for logs and job errors: links, addresses (also the recipient's local part
 * on its own), IP addresses and long tokens are replaced, control characters dropped, 200 characters at most and none
 * of them cut in half, since half of one can be stored nowhere.
 */
export function scrubResponse(response: string, recipient: string): string {
  const local = recipient.slice(0, recipient.lastIndexOf('@'));
  let text = response
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/giu, '[link]')
    .replace(/[^\s<>()[\],;:"]+@[^\s<>()[\],;:"]+/gu, '[address]');
  if (local) {
    const alone = new RegExp(`(?<![\\p{L}\\p{N}])${escapeForPattern(local)}(?![\\p{L}\\p{N}])`, 'giu');
    text = text.replace(alone, '[address]');
  }
  text = text
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '[ip]')
    .replace(/(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/giu, '[ip]')
    .replace(/[A-Za-z0-9_+/=-]{32,}/g, '[token]')
    .replace(/ +/g, ' ')
    .trim();
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1).replace(/\p{Cs}$/u, '')}…` : text;
}
