import type { Response } from 'express';
import type { Actor } from '../access.ts';
import type { Session } from '../session/session.ts';

/** Who asks. Throws where authentication did not come first: a mistake of this service. */
export function actorIn(response: Response): Actor {
  const actor = response.locals.actor as Actor | undefined;
  if (!actor) throw new Error('a route is served without authentication');
  return actor;
}

/** The session of the request, or null for one with a bearer key. */
export const sessionIn = (response: Response): Session | null =>
  (response.locals.session as Session | undefined) ?? null;

export function enter(response: Response, actor: Actor, session: Session | null): void {
  response.locals.actor = actor;
  if (session) response.locals.session = session;
}
