import type { Request, RequestHandler, Response } from 'express';
import type { Doorkeeper } from '../session/doorkeeper.ts';
import type { LoginAttempts } from '../session/loginAttempts.ts';
import { type Session, sealSession } from '../session/session.ts';
import type { Signer } from '../session/signer.ts';
import { cookieName, readCookie, setCookie } from './cookies.ts';
import type { CsrfGuard } from './csrf.ts';
import { enter } from './locals.ts';
import { loginNeeded, refuse, tooManyAttempts, wantsPage } from './refuse.ts';

export const sessionCookie = 'ge_ops';

export interface Door {
  readonly doorkeeper: Doorkeeper;
  readonly attempts: LoginAttempts;
  readonly signer: Signer;
  readonly csrf: CsrfGuard;
}

/** Lets in whoever has a session or sends an operator key; sends people to the login and turns everything else away. */
export function authenticate(door: Door): RequestHandler {
  return async (request, response, next) => {
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined) {
      const actor = await door.doorkeeper.actorOfKey(bearer);
      if (!actor) return refuseKey(door, request, response);
      enter(response, actor, null);
      return next();
    }
    const visit = await door.doorkeeper.visitOf(readSessionCookie(request), Date.now());
    if (!visit) return turnAway(request, response);
    enter(response, visit.actor, visit.session);
    if (visit.renewed) giveSession(door, request, response, visit.renewed);
    next();
  };
}

export const readSessionCookie = (request: Request): string | undefined =>
  readCookie(request, cookieName(request, sessionCookie));

/** Puts the session and its token into the browser. */
export function giveSession(door: Door, request: Request, response: Response, session: Session): void {
  const maxAge = session.expiresAt - Date.now();
  const name = cookieName(request, sessionCookie);
  setCookie(request, response, name, sealSession(door.signer, session), { httpOnly: true, maxAge });
  door.csrf.giveToken(request, response, session.id, maxAge);
}

function refuseKey({ attempts }: Door, request: Request, response: Response): void {
  const wait = attempts.begin(request.ip ?? '', Date.now());
  if (wait > 0) refuse(request, response.set('Retry-After', String(wait)), tooManyAttempts);
  else refuse(request, response.set('WWW-Authenticate', 'Bearer'), loginNeeded);
}

function turnAway(request: Request, response: Response): void {
  if (request.method === 'GET' && wantsPage(request)) {
    const next = request.originalUrl === '/' ? '' : `?next=${encodeURIComponent(request.originalUrl)}`;
    response.redirect(303, `/login${next}`);
  } else refuse(request, response, loginNeeded);
}
