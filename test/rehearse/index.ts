export type { LabelsRehearsed, RehearsalOptions, RestoreRehearsed } from './rehearsal.ts';
export { rehearseLabels } from './rehearseLabels.ts';
export { rehearseRestore } from './rehearseRestore.ts';
