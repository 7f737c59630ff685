const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** `3 min` between two moments, in whole units of the largest that fits; `0 s` where the second is not later. */
function span(from: Date, to: Date): string {
  const seconds = Math.max(0, Math.floor((to.getTime() - from.getTime()) / 1_000));
  const [unit, size] = units.find(([, of]) => seconds >= of) ?? (['s', 1] as const);
  return `${Math.floor(seconds / size)} ${unit}`;
}

export const ago = (at: Date | null): string => (at ? `${span(at, new Date())} ago` : '');
export const ahead = (at: Date | null): string => (at ? `in ${span(new Date(), at)}` : '');

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3_600, d: 86_400 };

/** `90s`, `15m`, `12h`, `7d` or plain seconds, in seconds; null for anything else. */
export function parseSpan(text: string): number | null {
  const [, amount, unit = 's'] = /^(\d{1,7}) ?(s|m|min|h|d)?$/.exec(text) ?? [];
  return amount === undefined ? null : Number(amount) * seconds[unit]!;
}
