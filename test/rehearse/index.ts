export type { LabelsRehearsed, RehearsalOptions } from './rehearsal.ts';
export { rehearseLabels } from './rehearseLabels.ts';
