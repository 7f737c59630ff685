export type { DangerousGoods, ExportData, LithiumBatteries } from './exportData.ts';
export type { EligibilityFinding, EligibilityVerdict } from './verdict.ts';
