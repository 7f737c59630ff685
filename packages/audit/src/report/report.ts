import { z } from 'zod';
import { type Finding, finding } from './finding.ts';

const counts = z.record(z.string(), z.int());

/** What an audit says. Plain JSON without personal data; whoever keeps it may parse it with this schema. */
export const auditReport = z.strictObject({
  /** Nothing is amiss. What could not be checked does not make it false: it stands in `unchecked`. */
  ok: z.boolean(),
  accepted: z.int(),
  /** Commands without an answer: how many of them were found to be accepted, how many not, how many nobody can say. */
  maybe: z.strictObject({ accepted: z.int(), notAccepted: z.int(), unknown: z.int() }),
  byKind: counts,
  /** How accepted commands ended: done · dead · cancelled · open · lost. Each stands in one of them. */
  terminalStates: counts,
  /** How many things of each kind were compared: commands, messages, templates, skus, …, charges. */
  checked: counts,
  /** The first of them; `findingsTotal` says how many there are, by code in `findingsByCode`. */
  findings: z.array(finding),
  findingsTotal: z.int(),
  findingsByCode: counts,
  /** What was not looked at, and why. */
  unchecked: z.array(z.strictObject({ what: z.string(), why: z.string(), times: z.int() })),
});

export type AuditReport = z.infer<typeof auditReport>;

/** Findings kept in a report; the others are counted. */
const findingsKept = 200;

const add = (to: Map<string, number>, name: string, by: number): void => void to.set(name, (to.get(name) ?? 0) + by);

/** Adds up what the checks say, in memory that does not grow with what is amiss. */
export class ReportWriter {
  #accepted = 0;
  readonly #maybe = { accepted: 0, notAccepted: 0, unknown: 0 };
  readonly #byKind = new Map<string, number>();
  readonly #terminal = new Map<string, number>();
  readonly #checked = new Map<string, number>();
  readonly #findings: Finding[] = [];
  readonly #byCode = new Map<string, number>();
  readonly #unchecked = new Map<string, { what: string; why: string; times: number }>();

  accepted(kind: string): void {
    this.#accepted += 1;
    add(this.#byKind, kind, 1);
  }

  maybe(outcome: keyof AuditReport['maybe']): void {
    this.#maybe[outcome] += 1;
  }

  ended(state: 'done' | 'dead' | 'cancelled' | 'open' | 'lost'): void {
    add(this.#terminal, state, 1);
  }

  checked(what: string, times: number): void {
    add(this.#checked, what, times);
  }

  found(findings: readonly Finding[]): void {
    for (const each of findings) {
      add(this.#byCode, each.code, 1);
      if (this.#findings.length < findingsKept) this.#findings.push(each);
    }
  }

  unchecked(what: string, why: string, times = 1): void {
    const known = this.#unchecked.get(`${what} ${why}`);
    if (known) known.times += times;
    else this.#unchecked.set(`${what} ${why}`, { what, why, times });
  }

  report(): AuditReport {
    const findingsTotal = [...this.#byCode.values()].reduce((sum, times) => sum + times, 0);
    return {
      ok: findingsTotal === 0,
      accepted: this.#accepted,
      maybe: { ...this.#maybe },
      byKind: Object.fromEntries(this.#byKind),
      terminalStates: Object.fromEntries(this.#terminal),
      checked: Object.fromEntries(this.#checked),
      findings: [...this.#findings],
      findingsTotal,
      findingsByCode: Object.fromEntries(this.#byCode),
      unchecked: [...this.#unchecked.values()],
    };
  }
}
