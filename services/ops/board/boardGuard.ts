import type { IncomingHttpHeaders } from 'node:http';
import type { BeforeHookResult, HookContext } from '@bull-board/api/typings/app';
import { type Database, readMessageTurn } from '@ge/database';
import { pointerOf } from '@ge/queue';
import type { Logger } from 'pino';
import { type Action, type Actor, mayDo } from '../access.ts';
import { boardActions } from './boardActions.ts';
import { whyNotRetry } from './retryVerdict.ts';

/** Jobs on one page of the board at most; the board itself knows no bound. */
const mostJobsPerPage = 100;

/** Why a role may not, and what is done instead. */
const insteadOf: Readonly<Record<Action, string>> = {
  look: 'Your role may not look at the board.',
  retry: 'Your role may not retry jobs.',
  'retry-all': 'Retrying everything at once is refused: most of it would come back as it is. Look at single jobs.',
  pause: 'Your role may not pause queues.',
  add: 'Jobs come from the API or a producer, never from here.',
  edit: 'A job only points to its message; changing it here would change nothing that is run.',
  remove:
    'What is owed stands in PostgreSQL: removing its pointer from Redis would only hide it until it is sent again.',
  reschedule: 'When a message is run is decided in PostgreSQL.',
  limit: 'Limits of a queue are configuration, not something to be changed by hand.',
};

/**
 * Decides about every call of the board's API before it runs. The board passes nothing of the request on but its
 * headers, so who asks is remembered by that object; without it the call is refused.
 */
export class BoardGuard {
  readonly #actors = new WeakMap<object, Actor>();
  readonly #database: Database;
  readonly #logger: Logger;
  readonly #readOnly: ReadonlySet<string>;

  constructor(database: Database, logger: Logger, readOnly: ReadonlySet<string>) {
    this.#database = database;
    this.#logger = logger;
    this.#readOnly = readOnly;
  }

  remember(headers: IncomingHttpHeaders, actor: Actor): void {
    this.#actors.set(headers, actor);
  }

  readonly before = async ({ method, route, request }: HookContext): Promise<BeforeHookResult> => {
    const actor = this.#actors.get(request.headers);
    const action = boardActions.get(`${method} ${route}`);
    if (!actor || !action) return no(403, 'This is not offered here.');
    if (action === 'look') {
      const asked = Number(request.query.jobsPerPage ?? 0);
      if (asked > mostJobsPerPage) request.query = { ...request.query, jobsPerPage: String(mostJobsPerPage) };
      return mayDo(actor.role, action) ? undefined : no(403, insteadOf[action]);
    }
    const refused = await this.#whyNot(actor, action, request.params, request.queues);
    const { queueName, jobId } = request.params as { queueName?: string; jobId?: string };
    this.#logger.info(
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
    return refused ?? undefined;
  };

  async #whyNot(
    actor: Actor,
    action: Action,
    { queueName, jobId }: Record<string, string | undefined>,
    queues: HookContext['request']['queues'],
  ): Promise<Refusal | null> {
    if (!mayDo(actor.role, action)) return no(403, insteadOf[action]);
    if (queueName !== undefined && this.#readOnly.has(queueName)) {
      return { ...no(405, 'Labels cost money: their queue is for looking only.'), errorKey: 'ERRORS.QUEUE_READ_ONLY' };
    }
    if (action !== 'retry' || jobId === undefined) return null;
    const job = await queues.get(queueName ?? '')?.getJob(jobId);
    if (!job) return null;
    const pointer = pointerOf(jobId);
    const turn = pointer && (await readMessageTurn(this.#database, pointer.id));
    const reason = whyNotRetry({ state: await job.getState(), pointer, turn });
    return reason === null ? null : no(409, reason);
  }
}

type Refusal = Exclude<BeforeHookResult, void>;

const no = (status: NonNullable<Refusal['status']>, message: string): Refusal => ({ allow: false, status, message });
