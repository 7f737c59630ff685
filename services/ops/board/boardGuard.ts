import type { IncomingHttpHeaders } from 'node:http';
import type { BeforeHookResult, ControllerHandlerReturnType, HookContext } from '@bull-board/api/typings/app';
import { type Database, readMessageTurn, recordAudit } from '@ge/database';
import { pointerOf } from '@ge/queue';
import type { Clock } from '@ge/runtime';
import type { Logger } from 'pino';
import { type Action, type Actor, asksForReason, mayDo } from '../access.ts';
import { boardActions } from './boardActions.ts';
import { type BoardChange, boardChange } from './boardChange.ts';
import { whyNotRetry } from './retryVerdict.ts';

/** Jobs on one page of the board at most; the board itself knows no bound. */
const mostJobsPerPage = 100;

const whatFor = 'Say first what for: on the page Reason of this service, or in the header X-Reason.';

/** Why a role may not, and what is done instead. */
const insteadOf: Readonly<Record<Action, string>> = {
  look: 'Your role may not look at the board.',
  retry: 'Your role may not retry jobs.',
  'retry-all': 'Retrying everything at once is refused: most of it would come back as it is. Look at single jobs.',
  pause: 'Your role may not pause queues.',
  add: 'Jobs come from the API or a producer, never from here.',
  edit: 'A job only points to its message; changing it here would change nothing that is run.',
  remove: 'Only an admin may remove jobs: those of producers that have no row are gone with it.',
  reschedule: 'Only an admin may change when a job is run.',
  limit: 'Only an admin may limit a queue.',
  redrive: 'Only an admin may make dead messages ready again.',
  cancel: 'Only an admin may cancel what is owed.',
};

/** Who calls, and what they have said that they do it for. */
export interface BoardVisit {
  readonly actor: Actor;
  readonly reason: string | null;
}

export interface BoardGuardParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether a queue is for looking only. */
  readonly isReadOnly: (queue: string) => boolean;
}

/**
 * Decides about every call of the board's API before it runs, and writes down what it lets through before it is done: what
 * is not written is not done. The board passes nothing of the request on but its headers, so who asks is remembered by
 * that object; without it the call is refused.
 */
export class BoardGuard {
  readonly #visits = new WeakMap<object, BoardVisit & { change?: BoardChange }>();
  readonly #parts: BoardGuardParts;

  constructor(parts: BoardGuardParts) {
    this.#parts = parts;
  }

  remember(headers: IncomingHttpHeaders, visit: BoardVisit): void {
    this.#visits.set(headers, { ...visit });
  }

  readonly before = async (context: HookContext): Promise<BeforeHookResult> => {
    const { method, route, request } = context;
    const visit = this.#visits.get(request.headers);
    const action = boardActions.get(`${method} ${route}`);
    if (!visit || !action) return no(403, 'This is not offered here.');
    const { actor } = visit;
    if (action === 'look') {
      const asked = Number(request.query.jobsPerPage ?? 0);
      if (asked > mostJobsPerPage) request.query = { ...request.query, jobsPerPage: String(mostJobsPerPage) };
      return mayDo(actor.role, action) ? undefined : no(403, insteadOf[action]);
    }
    const refused = await this.#whyNot(visit, action, request.params, request.queues);
    const { queueName, jobId } = request.params as { queueName?: string; jobId?: string };
    this.#parts.logger.info(
      {
        actor: actor.keyId,
        action,
        call: `${method} ${route}`,
        queue: queueName === undefined || request.queues.has(queueName) ? queueName : 'unknown',
        pointer: pointerOf(jobId),
        refused: refused?.status ?? null,
      },
      'board action',
    );
    if (refused) return refused;
    visit.change = await boardChange(context, action, this.#parts.isReadOnly);
    await this.#record(visit, visit.change);
    return undefined;
  };

  /** A write that was let through and failed all the same is written down as that. */
  async failed({ request }: HookContext, { status = 200 }: ControllerHandlerReturnType): Promise<void> {
    const visit = this.#visits.get(request.headers);
    if (status < 400 || !visit?.change) return;
    await this.#record(visit, { ...visit.change, action: `${visit.change.action}.failed`, after: { status } });
  }

  async #record({ actor, reason }: BoardVisit, change: BoardChange): Promise<void> {
    const { database, clock } = this.#parts;
    const entry = { ...change, at: clock.now(), actor: actor.keyId, role: actor.role, reason };
    await database.transaction((tx) => recordAudit(tx, [entry]));
  }

  async #whyNot(
    { actor, reason }: BoardVisit,
    action: Action,
    { queueName, jobId }: Record<string, string | undefined>,
    queues: HookContext['request']['queues'],
  ): Promise<Refusal | null> {
    if (!mayDo(actor.role, action)) return no(403, insteadOf[action]);
    if (queueName !== undefined && this.#parts.isReadOnly(queueName)) {
      return { ...no(405, 'Labels cost money: their queue is for looking only.'), errorKey: 'ERRORS.QUEUE_READ_ONLY' };
    }
    if (asksForReason(action) && reason === null) return no(400, whatFor);
    if (action !== 'retry' || jobId === undefined) return null;
    const job = await queues.get(queueName ?? '')?.getJob(jobId);
    if (!job) return null;
    const pointer = pointerOf(jobId);
    const turn = pointer && (await readMessageTurn(this.#parts.database, pointer.id));
    const verdict = whyNotRetry({ state: await job.getState(), pointer, turn });
    return verdict === null ? null : no(409, verdict);
  }
}

type Refusal = Exclude<BeforeHookResult, void>;

const no = (status: NonNullable<Refusal['status']>, message: string): Refusal => ({ allow: false, status, message });
