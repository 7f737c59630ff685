import { randomInt } from 'node:crypto';
import { type Client, routes } from '@ge/api';
import { auditOverApi, lastCharge, takeBaselineOverApi } from '@ge/audit';
import type { SellerId } from '@ge/domain';
import { readyRows, rowsOf } from '../fleet/backlogRows.ts';
import type { FleetUnderLoad } from '../fleet/fleetUnderLoad.ts';
import { inTurns } from '../fleet/inTurns.ts';
import { type OperationTimes, timesByKind } from '../fleet/phases.ts';
import { cleanUp } from '../market/cleanUp.ts';
import { importMarket, prefixOf } from '../market/importMarket.ts';
import type { Market } from '../market/market.ts';
import { settled } from './settled.ts';
import type { NotVisible, Vantage } from './vantage.ts';

/** Order numbers have seven digits for it. */
const runs = 10_000_000;
const soonMs = 600_000;

/**
 * Beside a fleet that others use too: with its API alone, and the simulator's book and the processes' metrics where those can be
 * reached. Looks only at what is the flood's own, changes nothing else, and takes back what it made.
 */
export async function overApi(fleet: FleetUnderLoad): Promise<Vantage> {
  const { client, ledger } = fleet;
  const after = ledger && (await lastCharge(ledger));
  const made: SellerId[] = [];
  const run = randomInt(runs);
  let market: Market;
  let begunAt = new Date();
  const ready = async () =>
    made.length === 0 ? [] : (await readyRows(client)).filter(({ sellerId }) => sellerId.startsWith(prefixOf(run)));
  // What is for later is asked of one seller after the other, and only once nobody has anything for now.
  const isOwing = async () =>
    (await ready()).length > 0 || (await inTurns(made, 8, (seller) => isDueSoon(client, seller))).includes(true);
  return {
    direct: null,
    askEveryMs: 500,
    notVisible: notVisible(fleet),
    openMarket: async (sellers, stopping, onShare) => {
      const note = (some: readonly SellerId[]) => void made.push(...some);
      market = await importMarket(client, sellers, run, stopping, { made: note, onShare });
      await settled(isOwing, 500, stopping);
      if (!stopping.aborted) await checkEnrolled(client, market);
      return market;
    },
    beginAudit: async (folder) => {
      await takeBaselineOverApi(client, folder, market.sellers);
      begunAt = await serverTime(fleet);
    },
    backlog: async () => {
      const byQueue: Record<string, number> = {};
      for (const { queue, ready: n } of await ready()) byQueue[queue] = (byQueue[queue] ?? 0) + n;
      return byQueue;
    },
    isOwing,
    waits: async () => [],
    redisUse: async () => null,
    operationTimes: () => operationTimes(client, made, begunAt),
    audit: ({ folder, heardLater, onProgress }) =>
      auditOverApi({
        ...{ client, folder, onProgress },
        ledger: ledger && { ...ledger, after: after! },
        resolve: async ({ door }) =>
          (door.by === 'api' && door.idempotencyKey !== null ? heardLater.get(door.idempotencyKey) : undefined) ?? {
            outcome: 'unknown',
          },
      }),
    cleanUp: () => cleanUp(client, made, isOwing),
    close: async () => undefined,
  };
}

const isDueSoon = async (client: Client, seller: SellerId): Promise<boolean> =>
  (await rowsOf(client, seller)).some(
    ({ ready, nextDueAt }) => ready > 0 || (nextDueAt !== null && nextDueAt.getTime() <= Date.now() + soonMs),
  );

function notVisible({ processes, isHere, ledger }: FleetUnderLoad): NotVisible[] {
  const apiOnly = 'only its API is used';
  return [
    { what: 'what PostgreSQL waits for', why: apiOnly },
    { what: 'Redis', why: apiOnly },
    ...(processes.length > 0
      ? []
      : [
          { what: 'where jobs spent their time', why: 'the metrics of its processes are not reached from here' },
          { what: 'CPU and event loops of its processes', why: 'they are not reached from here' },
        ]),
    ...(isHere ? [] : [{ what: 'its machines', why: 'it runs elsewhere' }]),
    ...(ledger ? [] : [{ what: "the carrier's book", why: '--carrier does not name the simulator' }]),
  ];
}

/** A flood of sellers who sell nothing abroad would measure refusals. */
async function checkEnrolled(client: Client, { sellers }: Market): Promise<void> {
  await inTurns(sellers, 8, async (sellerId) => {
    const { enrollment, templates } = await client.call(routes.enrollment.getEnrollment, { params: { sellerId } });
    if (enrollment?.state !== 'active' || templates.enabled === 0)
      throw new Error(
        `${sellerId} was not enrolled: ${enrollment?.state ?? 'no enrollment'}, ${templates.blocked} templates blocked`,
      );
  });
}

/** By the fleet's clock, which stamps operations: in whole seconds, as HTTP has them. */
async function serverTime({ gateway }: FleetUnderLoad): Promise<Date> {
  const answer = await fetch(`${gateway.url}/openapi.json`, { method: 'HEAD', signal: AbortSignal.timeout(10_000) });
  const said = Date.parse(answer.headers.get('date') ?? '');
  return new Date(Number.isFinite(said) ? said : Date.now());
}

async function operationTimes(client: Client, sellers: readonly SellerId[], since: Date): Promise<OperationTimes[]> {
  const ended: { kind: string; ms: number }[] = [];
  await inTurns(sellers, 8, async (sellerId) => {
    for (let cursor: string | undefined; ; ) {
      const { items, nextCursor } = await client.call(routes.operations.listOperations, {
        params: { sellerId },
        query: { limit: 200, ...(cursor !== undefined && { cursor }) },
      });
      // Newest first.
      const recent = items.filter(({ createdAt }) => createdAt >= since);
      for (const { kind, createdAt, closedAt } of recent)
        if (closedAt) ended.push({ kind, ms: closedAt.getTime() - createdAt.getTime() });
      if (nextCursor === null || recent.length < items.length) return;
      cursor = nextCursor;
    }
  });
  return timesByKind(ended);
}
