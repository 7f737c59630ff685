import type { AuditReport, Resolution } from '@ge/audit';
import type { DirectJobs } from '../fleet/directJobs.ts';
import type { OperationTimes } from '../fleet/phases.ts';
import type { Market } from '../market/market.ts';

/** Where a load stands beside a fleet: what can be made, seen and looked up there besides sending. */
export interface Vantage {
  /** What puts jobs into BullMQ; null where Redis is out of reach. */
  readonly direct: DirectJobs | null;
  /** How often it may be asked what is owed. */
  readonly askEveryMs: number;
  /** What a flood would show and cannot be seen from here. */
  readonly notVisible: readonly NotVisible[];
  /** Enrolled sellers with templates that sell abroad and SKUs on them: the flood's own. */
  openMarket(sellers: number, stopping: AbortSignal, onShare: (share: number) => void): Promise<Market>;
  /** To be called before the first command: what the audit compares with. */
  beginAudit(journalFolder: string): Promise<void>;
  /** Messages of the flood's sellers that may be run now, by queue. */
  backlog(): Promise<Readonly<Record<string, number>>>;
  /** Whether anything of theirs is owed within the next minutes; what is due later belongs to the programme's own calendar. */
  isOwing(): Promise<boolean>;
  /** How many connections of PostgreSQL are waiting, and for what, at this moment. */
  waits(): Promise<readonly Waiting[]>;
  /** What Redis has used so far; null where it is out of reach. */
  redisUse(): Promise<RedisUse | null>;
  /** How long the commands of the flood took, by kind, by the fleet's own account. */
  operationTimes(): Promise<OperationTimes[]>;
  audit(asked: AskedAudit): Promise<AuditReport>;
  /** Takes back what may be taken back, once nothing is owed any more; null where all of it ends with the fleet. */
  cleanUp(): Promise<CleanedUp | null>;
  close(): Promise<void>;
}

export interface NotVisible {
  readonly what: string;
  readonly why: string;
}

export interface Waiting {
  readonly what: string;
  readonly n: number;
}

export interface RedisUse {
  /** Milliseconds of CPU of the thread that runs commands. */
  readonly mainThreadMs: number;
  readonly commands: number;
}

export interface AskedAudit {
  /** Of the closed journal. */
  readonly folder: string;
  /** Ids of messages that were sent to do harm. */
  readonly poison: readonly string[];
  /** A load of made-up jobs may kill messages. */
  readonly mayDie: boolean;
  /** What became of a command without an answer, by its Idempotency-Key, where it could be asked again. */
  readonly heardLater: ReadonlyMap<string, Resolution>;
  readonly onProgress: (commands: number) => void;
}

export interface CleanedUp {
  /** A line each. */
  readonly takenBack: readonly string[];
  readonly stays: readonly string[];
}
