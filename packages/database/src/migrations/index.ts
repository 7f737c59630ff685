import { Migration20261122000000_initial } from './Migration20261122000000_initial.ts';

/** Every migration in order; named here because nothing is found by globbing at run time. */
export const migrationsList = [
  { name: 'Migration20261122000000_initial', class: Migration20261122000000_initial },
] as const;
