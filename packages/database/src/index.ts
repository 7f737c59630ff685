export * from './database.ts';
export * from './entities/index.ts';
export * from './migrate.ts';
export type { RowOf } from './rows/table.ts';
export * from './transaction.ts';
