export type { FleetProcess, FleetUnderLoad } from './fleet/fleetUnderLoad.ts';
export { type FloodProgress, flood } from './flood.ts';
export { type ArrivalKind, arrivalKinds } from './generator/arrivals.ts';
export { type Objective, parseDuration, parseObjective } from './generator/objective.ts';
export type { KneeStep } from './knee/step.ts';
export { profiles } from './profiles.ts';
export { compared, worseThan } from './report/compare.ts';
export { type FloodReport, failuresOf } from './report/floodReport.ts';
export { reportPage } from './report/page.ts';
