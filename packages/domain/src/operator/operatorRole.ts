/** What a person of operations may do, from the least to the most. Producers and sellers have none. */
export const operatorRoles = ['viewer', 'operator', 'admin'] as const;

export type OperatorRole = (typeof operatorRoles)[number];

/** Whether whoever is `role` may do what asks for `needed`; each role may do all that the ones before it may. */
export const isAtLeast = (role: OperatorRole, needed: OperatorRole): boolean =>
  operatorRoles.indexOf(role) >= operatorRoles.indexOf(needed);
