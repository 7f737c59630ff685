import type { Role } from './world.ts';

/** The sellers with a part of their own stand first, in this order. */
const cast: readonly (readonly [role: Role, count: number])[] = [
  ['loader', 1],
  ['product_feed', 1],
  ['page', 1],
  ['drift', 1],
  ['auto_apply', 1],
  ['confirmer', 1],
  ['many_templates', 3],
  ['leaver', 8],
];

const roles: readonly Role[] = cast.flatMap(([role, count]) => Array.from({ length: count }, () => role));

export const roleOf = (index: number): Role => roles[index] ?? 'crowd';

/** Below this number there are too few others to trade with. */
export const FEWEST_SELLERS = 80;

/** Below this number not every kind of bad row comes up. */
export const FEWEST_ROWS = 1000;
