export type { Abilities, AbilitiesByCarrier } from './desk/abilities.ts';
export type { FaultEffect, FaultScript, FaultScriptInput } from './faults/effect.ts';
export type { LedgerTotals } from './ledger/totals.ts';
export { type CarrierSimulator, type CarrierSimulatorOptions, startCarrierSimulator } from './start.ts';
