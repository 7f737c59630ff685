export { type FleetFacts, fleetServices } from './fleet.ts';
export { type FleetSecrets, fleetSecrets } from './fleet-secrets.ts';
export { UserMistake } from './mistake.ts';
export { projectDir, toolsDir } from './project.ts';
export type {
  FleetAddresses,
  FleetEvent,
  FleetLogLine,
  ServerAddresses,
  ServiceDefinition,
} from './supervisor/service-definition.ts';
export { type Fleet, type FleetService, type StartFleetOptions, startFleet } from './supervisor/start-fleet.ts';
