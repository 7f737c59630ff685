import { type Database, judgeCarrier, seeCarrierStandings } from '@ge/database';
import {
  type Admission,
  admitCall,
  afterCalls,
  afterProbe,
  askedOff,
  type BreakerRule,
  type CallsHeard,
  type CarrierStanding,
  goodStanding,
  isTroubled,
  type JudgedCall,
} from '@ge/domain';

/** What was seen of the standings holds for so long. */
const seenMs = 250;
/** Between two writes about one carrier: what is heard meanwhile is written together. */
const betweenMs = 50;

interface CallEnded {
  readonly call: JudgedCall;
  readonly answered: boolean;
  /** For how many milliseconds the carrier wants no call of this kind; null: not for long. */
  readonly askedOffMs: number | null;
  readonly isProbe: boolean;
  /** By `performance.now()`. */
  readonly beganAt: number;
}

/** `isOvertaken`: a call of its kind was answered after this one had begun. */
interface Pending extends CallEnded {
  readonly isOvertaken: boolean;
}

/** Answers of one kind of call that were worth no write: they count once something fails. */
interface Answers {
  count: number;
  /** By `performance.now()`: when the first of them came, and the last. */
  from: number;
  lastAt: number;
}

interface Telling {
  readonly pending: Pending[];
  readonly answers: Readonly<Record<JudgedCall, Answers>>;
  rule: BreakerRule;
  written: Promise<void> | null;
}

/**
 * The standings of the carriers as this process sees them. While all goes well nothing is written and they are read a few times
 * a second. While PostgreSQL is away what was seen last holds, and what is heard is lost: then carriers are tried again.
 */
export class Standings {
  readonly #database: Database;
  #known: Map<string, CarrierStanding> = new Map();
  #written = 0;
  readonly #telling = new Map<string, Telling>();
  readonly #trying = new Map<string, Promise<Admission>>();
  #seenAt = Number.NEGATIVE_INFINITY;
  #aheadMs = 0;
  #looking: Promise<void> | null = null;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By the database's clock, about. */
  now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }

  async look(carrierId: string): Promise<CarrierStanding> {
    if (performance.now() - this.#seenAt > seenMs) await this.#lookAnew();
    return this.#of(carrierId);
  }

  /** What was seen last, at once; null where that is too long ago to go by. */
  glance(carrierId: string): CarrierStanding | null {
    const age = performance.now() - this.#seenAt;
    if (age > seenMs) void this.#lookAnew();
    return age > 4 * seenMs ? null : this.#of(carrierId);
  }

  /** Whether this call is the one that tries: only one of all processes is told so. Throws while PostgreSQL is away. */
  async try(carrierId: string, rule: BreakerRule): Promise<Admission> {
    const trying = this.#trying.get(carrierId);
    if (trying) {
      await trying;
      const admission = admitCall(this.#of(carrierId), rule, this.now());
      return admission.kind === 'probe' ? { kind: 'hold', until: this.now() } : admission;
    }
    const first = this.#tryFirst(carrierId, rule);
    this.#trying.set(carrierId, first);
    try {
      return await first;
    } finally {
      this.#trying.delete(carrierId);
    }
  }

  async #tryFirst(carrierId: string, rule: BreakerRule): Promise<Admission> {
    const judged = await judgeCarrier(this.#database, carrierId, (standing, at) => {
      const admission = admitCall(standing, rule, at);
      return { standing: admission.kind === 'probe' ? admission.standing : standing, result: admission };
    });
    this.#take(judged.standing, judged.at);
    return judged.result;
  }

  /** Takes in how a call ended; resolves when whoever asks next will see what it means. */
  async tell(carrierId: string, end: CallEnded, rule: BreakerRule): Promise<void> {
    const { call, answered, askedOffMs, isProbe, beganAt } = end;
    const isWorthWaiting = !answered || isProbe || askedOffMs !== null;
    const telling = this.#telling.get(carrierId) ?? {
      pending: [],
      answers: { quote: noAnswers(), buy: noAnswers() },
      rule,
      written: null,
    };
    this.#telling.set(carrierId, telling);
    const answers = telling.answers[call];
    const isOvertaken = !answered && answers.lastAt > beganAt;
    if (answered) {
      answers.lastAt = performance.now();
      if (!isWorthWaiting && !isTroubled(this.#of(carrierId), rule, this.now())) return countAnswer(answers, rule);
    }
    telling.pending.push({ ...end, isOvertaken });
    telling.rule = rule;
    telling.written ??= this.#write(carrierId, telling);
    if (isWorthWaiting) await telling.written;
  }

  async #write(carrierId: string, telling: Telling): Promise<void> {
    while (telling.pending.length > 0) {
      const ends = telling.pending.splice(0);
      const { rule } = telling;
      const answers = { quote: takeAnswers(telling, 'quote'), buy: takeAnswers(telling, 'buy') };
      try {
        const { standing, at } = await judgeCarrier(this.#database, carrierId, (before, now) => ({
          standing: judged(before, ends, answers, rule, now),
          result: null,
        }));
        this.#take(standing, at);
      } catch {
        // Lost: a carrier that fails goes on failing, and is heard of again.
      }
      if (telling.pending.length > 0) await new Promise((go) => setTimeout(go, betweenMs));
    }
    telling.written = null;
  }

  async #lookAnew(): Promise<void> {
    this.#looking ??= (async () => {
      const written = this.#written;
      try {
        const { standings, at } = await seeCarrierStandings(this.#database);
        // What was written here meanwhile may be newer.
        if (this.#written === written) {
          this.#known = new Map(standings.map((standing) => [standing.carrierId, standing]));
          this.#aheadMs = at.getTime() - Date.now();
        }
      } catch {
        // What was seen last has to do.
      }
      this.#seenAt = performance.now();
      this.#looking = null;
    })();
    await this.#looking;
  }

  #of(carrierId: string): CarrierStanding {
    return this.#known.get(carrierId) ?? goodStanding(carrierId, this.now());
  }

  #take(standing: CarrierStanding, at: Date): void {
    this.#written += 1;
    this.#known.set(standing.carrierId, standing);
    this.#aheadMs = at.getTime() - Date.now();
  }
}

const noAnswers = (): Answers => ({ count: 0, from: 0, lastAt: Number.NEGATIVE_INFINITY });

/** Of the last period only: what is older says nothing of now. */
function countAnswer(answers: Answers, { periodMs }: BreakerRule): void {
  if (answers.lastAt - answers.from > periodMs) {
    answers.from = answers.lastAt;
    answers.count = 0;
  }
  answers.count += 1;
}

function takeAnswers({ answers, rule }: Telling, call: JudgedCall): number {
  const { count, from } = answers[call];
  answers[call].count = 0;
  return performance.now() - from > 2 * rule.periodMs ? 0 : count;
}

function judged(
  before: CarrierStanding,
  ends: readonly Pending[],
  answersBefore: Readonly<Record<JudgedCall, number>>,
  rule: BreakerRule,
  now: Date,
): CarrierStanding {
  let standing = before;
  for (const { answered } of ends.filter(({ isProbe }) => isProbe))
    standing = afterProbe(standing, answered, rule, now);
  for (const call of ['quote', 'buy'] as const) {
    const some = ends.filter((end) => end.call === call && !end.isProbe);
    if (some.length > 0) standing = afterCalls(standing, call, heardIn(some, answersBefore[call]), rule, now);
  }
  for (const { call, askedOffMs } of ends) {
    if (askedOffMs !== null) standing = askedOff(standing, call, askedOffMs, now);
  }
  return standing;
}

function heardIn(ends: readonly Pending[], answersBefore: number): CallsHeard {
  const answered = ends.filter((end) => end.answered).length;
  const last = ends.slice(ends.findLastIndex((end) => end.answered) + 1);
  return {
    answered: answersBefore + answered,
    failed: ends.length - answered,
    failedLast: last.filter(({ isOvertaken }) => !isOvertaken).length,
  };
}
