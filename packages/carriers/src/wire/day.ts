/** `2026-11-22` → `20261122`. */
export const compactDay = (day: string): string => day.replaceAll('-', '');

/** `20261122` → `2026-11-22`. */
export const dashedDay = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;
