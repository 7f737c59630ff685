/** An HS code as digits only: `6109.10.0012` → `6109100012`. Null when it has not 6–10 digits or no chapter 01–97. */
export function normalizeHsCode(code: string): string | null {
  if (!/^(?:\d{6,10}|\d{4}\.\d{2}(?:\.\d{2}){0,2}|\d{4}\.\d{2}\.\d{4})$/.test(code)) return null;
  const digits = code.replaceAll('.', '');
  const chapter = Number(digits.slice(0, 2));
  return chapter >= 1 && chapter <= 97 && chapter !== 77 ? digits : null;
}

/** Whether goods under `code` (digits only) fall under a heading given by its first digits. */
export const isUnderHeading = (code: string, headings: readonly string[]): boolean =>
  headings.some((heading) => code.startsWith(heading));
