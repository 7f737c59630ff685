import type { Database, Deed, Transaction } from '@ge/database';
import type { Clock } from '@ge/runtime';
import type { Request, RequestHandler, Response } from 'express';
import { type Action, mayDo } from '../access.ts';
import type { Standing } from '../pages/top.ts';
import type { Door } from './authenticate.ts';
import { actorIn } from './locals.ts';
import { statedReason } from './reason.ts';
import { type Refused, refuse, roleTooSmall } from './refuse.ts';

/** What the pages of the desk need. */
export interface Desk {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: Door;
}

const mistaken = (detail: string): Refused => ({
  status: 400,
  code: 'ops.bad_request',
  title: 'This cannot be done so',
  detail,
});

/** Thrown by a page for what a person can put right. */
class Mistake extends Error {}

/** Whom a page is made for. */
export function standingOf({ door }: Desk, response: Response): Standing {
  const { session, role } = actorIn(response);
  return { csrf: session && door.csrf.tokenFor(session.id), role };
}

export const may = (response: Response, action: Action): boolean => mayDo(actorIn(response).role, action);

/** A page that only looks, in one transaction. */
export const looks =
  (desk: Desk, show: (tx: Transaction, request: Request, response: Response) => Promise<string>): RequestHandler =>
  async (request, response) => {
    if (!may(response, 'look')) return refuse(request, response, roleTooSmall);
    response.type('html').send(await desk.database.transaction((tx) => show(tx, request, response)));
  };

/**
 * A form that changes something: in one transaction with what is kept of it, and never without a reason. `act` returns the
 * page that asks once more, or the path to go on to when it is done.
 */
export const changes =
  (
    desk: Desk,
    action: Action,
    act: (
      deed: Deed & { readonly reason: string },
      request: Request,
      response: Response,
    ) => Promise<{ readonly page: string } | { readonly to: string }>,
  ): RequestHandler =>
  async (request, response) => {
    if (!may(response, action)) return refuse(request, response, roleTooSmall);
    const { keyId, role } = actorIn(response);
    const reason = statedReason(desk.door.signer, request, response);
    if (reason === null) return refuse(request, response, mistaken('Say what for.'));
    try {
      const done = await desk.database.transaction((tx) =>
        act({ tx, actor: keyId, role, now: desk.clock.now(), reason }, request, response),
      );
      if ('page' in done) response.type('html').send(done.page);
      else response.redirect(303, done.to);
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      refuse(request, response, mistaken(error.message));
    }
  };

/** What was sent, or a mistake that names the field. */
export function given<T>(value: T | null | undefined, field: string): T {
  if (value === null || value === undefined) throw new Mistake(`Check the field "${field}".`);
  return value;
}
