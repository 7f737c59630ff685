export { type CarrierName, carrierNames } from './faultScript.ts';
export { type LabelsRehearsed, type RehearsalOptions, type RestoreRehearsed, type Way, ways } from './rehearsal.ts';
export { rehearseLabels } from './rehearseLabels.ts';
export { rehearseRestore } from './rehearseRestore.ts';
