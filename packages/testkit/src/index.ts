export * from './deliverEverywhere.ts';
export * from './drain.ts';
export * from './eventually.ts';
export * from './rows.ts';
export * from './serviceProcess.ts';
export * from './testDatabase.ts';
export * from './testSpace.ts';
export * from './worker.ts';
