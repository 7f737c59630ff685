import type { Carrier, StatementOutcome, StatementPage } from '@ge/carriers';
import { reconcileCarrier as contract } from '@ge/contracts';
import { CarrierStatementEntity, lockStatement } from '@ge/database';
import type { ReclaimPolicy } from '@ge/domain';
import {
  type Called,
  type Claim,
  carryOn,
  done,
  effectHandler,
  type Job,
  RowSet,
  settle,
  skip,
  snooze,
} from '@ge/runtime';
import type { CarrierDesk } from './carrierDesk.ts';
import { pauseBeforeReport, whyHeld } from './pauses.ts';
import { judgePage } from './statement/judgePage.ts';
import { loadBooks, noBooks } from './statement/loadBooks.ts';
import { saveJudged } from './statement/saveJudged.ts';

interface ReadIntent {
  readonly carrier: Carrier;
  readonly afterLineNo: number;
  readonly askedAt: Date;
}

type Read = Called<typeof contract, ReadIntent, StatementOutcome>;

const pauseBeforeStatement = 60_000;

/**
 * Goes through what a carrier bills, page by page, from where it was left: what the statement alone knows is booked, what differs
 * from the labels is reported, and what differed before is looked at again once the end is reached.
 * @param graceMs how long after a purchase its charge may be missing
 * @param reclaims which charges the carrier is asked to take back
 */
export const reconcileCarrier = (desk: CarrierDesk, graceMs: number, reclaims: ReclaimPolicy) =>
  effectHandler({
    contract,
    callsInFlight: 2,
    claim: {
      load: async (tx, [job]: readonly Job<typeof contract>[]) => ({
        statement: await lockStatement(tx, job!.payload.carrierId),
        begunAt: performance.now(),
      }),
      decide: (_, { statement, begunAt }, now): Claim<ReadIntent> => {
        const carrier = desk.carriers.carrierById(statement.carrierId);
        if (!carrier) return settle(skip('the carrier is not configured here'));
        const intent = { carrier, afterLineNo: statement.lastLineNo, askedAt: now };
        return { kind: 'call', intent, beginBy: begunAt + desk.lastCallMs };
      },
      save: async () => {},
    },
    call: ({ carrier, afterLineNo, askedAt }: ReadIntent, beginBy) =>
      carrier.statement(afterLineNo, { timeoutMs: desk.timeoutMs, beginBy, now: askedAt }),
    settle: {
      load: async (tx, [read]: readonly Read[], now) => {
        const { carrier, afterLineNo } = read!.intent;
        const statement = await lockStatement(tx, carrier.profile.id);
        const page = pageOf(read!);
        // Somebody else may have read on meanwhile: what is taken in twice would be judged twice.
        const isNext = page !== null && statement.lastLineNo === afterLineNo;
        const { id } = carrier.profile;
        const books = isNext ? await loadBooks(tx, id, page, new Date(now.getTime() - graceMs)) : noBooks(id);
        return { ...books, isNext, statements: new RowSet([statement], (row) => row.carrierId) };
      },
      decide: (read: Read, { statements, isNext, ...books }, now) => {
        const { carrier, afterLineNo, askedAt } = read.intent;
        if (read.result.kind === 'answered' && read.result.value.kind === 'held') {
          return snooze(read.result.value.waitMs, whyHeld[read.result.value.reason]);
        }
        if (answeredWith(read, 'not_given')) return skip('the carrier gives no statement');
        if (answeredWith(read, 'being_made')) {
          const { snoozes } = read.job.message;
          return snooze(pauseBeforeReport(snoozes), 'the carrier is writing its statement');
        }
        if (!pageOf(read)) return snooze(pauseBeforeStatement, `the carrier gave no statement: ${whyNone(read)}`);
        if (!isNext) return carryOn({ afterLineNo });
        const { page } = books;
        const policy = { reclaims, carrier: carrier.profile, readAt: page.asOf ?? askedAt };
        const judged = judgePage(books, now, read.job.message, policy);
        const lastLineNo = page.next ?? page.lines.at(-1)?.lineNo ?? afterLineNo;
        const statement = statements.get(carrier.profile.id)!;
        const readAt = page.next === null ? now : statement.readAt;
        statements.put({ ...statement, lastLineNo, readAt });
        const progress = { counts: judged.counts };
        return page.next === null
          ? done({ progress, followUps: judged.followUps })
          : carryOn({ afterLineNo: lastLineNo }, { progress, followUps: judged.followUps });
      },
      save: async (tx, { statements, ...books }) => {
        await tx.update(CarrierStatementEntity, statements.changed());
        await saveJudged(tx, books);
      },
    },
  });

const answeredWith = ({ result }: Read, kind: StatementOutcome['kind']): boolean =>
  result.kind === 'answered' && result.value.kind === kind;

const whyNone = ({ result }: Read): string =>
  result.kind === 'answered' && result.value.kind === 'unavailable' ? result.value.reason : 'no answer';

function pageOf({ result }: Read): StatementPage | null {
  return result.kind === 'answered' && result.value.kind === 'page' ? result.value : null;
}
