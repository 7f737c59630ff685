/** Days on which a row of a policy table holds: ISO dates in UTC, `from` inclusive, `until` exclusive. */
export interface PolicyPeriod {
  readonly from: string;
  readonly until?: string;
}

/** Whether the row holds at that moment. */
export function inForce(period: PolicyPeriod, now: Date): boolean {
  const day = now.toISOString().slice(0, 10);
  return period.from <= day && (period.until === undefined || day < period.until);
}
