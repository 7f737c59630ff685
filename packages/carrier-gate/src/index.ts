export { type GateSurroundings, SharedGate } from './sharedGate.ts';
