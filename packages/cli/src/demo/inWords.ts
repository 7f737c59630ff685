/** `templatesTouched` → `templates touched`. */
export const words = (name: string): string =>
  name.replace(/([a-z])([A-Z])/g, (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`);

/** A value of an example or an answer for a person to read: no quotes, no braces. The exact value is in `--json`. */
export function inWords(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'number') return value.toLocaleString('en-US');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object') return String(value);
  const parts = Array.isArray(value)
    ? value.map(inner)
    : Object.entries(value).map(([name, part]) => `${words(name)}: ${inner(part)}`);
  return parts.join(', ') || 'none';
}

const inner = (value: unknown): string =>
  typeof value === 'object' && value !== null ? `(${inWords(value)})` : inWords(value);

/** `inWords`, cut to at most `length` characters. */
export function shortly(value: unknown, length: number): string {
  const text = inWords(value);
  return text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text;
}
