import { randomBytes } from 'node:crypto';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Logger } from 'pino';
import { loginPage } from '../pages/loginPage.ts';
import { type Door, giveSession, readSessionCookie, sessionCookie } from './authenticate.ts';
import { cookieName, dropCookie, readCookie, setCookie } from './cookies.ts';
import { tokenCookie } from './csrf.ts';
import { sessionIn } from './locals.ts';
import { refuse, tooManyAttempts } from './refuse.ts';

/** Ties the login form to the browser that asked for it, so that nobody can log somebody else in. */
const formCookie = 'ge_ops_login';
const formMs = 3_600_000;

/** A small form as it comes from a browser; more than this is not one of ours. */
export const formBody: RequestHandler = express.urlencoded({ extended: false, limit: '4kb', parameterLimit: 10 });

export function loginRoutes(door: Door, logger: Logger): Router {
  const router = Router();
  router.get('/login', async (request, response) => {
    const next = ownPath(request.query.next);
    if (await door.doorkeeper.visitOf(readSessionCookie(request), Date.now())) return response.redirect(303, next);
    showForm(door, request, response.status(200), next, null);
  });
  router.post('/login', formBody, async (request, response) => {
    const sent = (request.body ?? {}) as Record<string, unknown>;
    const next = ownPath(sent.next);
    const address = request.ip ?? '';
    const wait = door.attempts.begin(address, Date.now());
    if (wait > 0) return refuse(request, response.set('Retry-After', String(wait)), tooManyAttempts);
    const form = readCookie(request, cookieName(request, formCookie));
    if (!form || typeof sent.form !== 'string' || !door.signer.check('login', form, sent.form)) {
      return showForm(door, request, response.status(403), next, 'The form was too old. Please try again.');
    }
    const actor = typeof sent.key === 'string' ? await door.doorkeeper.actorOfKey(sent.key.trim()) : null;
    if (!actor) {
      logger.warn({ address }, 'login refused');
      return showForm(door, request, response.status(401), next, 'This is not an operator key in force.');
    }
    door.attempts.succeeded(address);
    dropCookie(request, response, cookieName(request, formCookie));
    giveSession(door, request, response, door.doorkeeper.logIn(actor, Date.now()));
    logger.info({ actor: actor.keyId, address }, 'logged in');
    response.redirect(303, next);
  });
  return router;
}

/** Ends the session; mount it behind authentication and the check of the token. */
export function logOutRoute(door: Door, logger: Logger): RequestHandler {
  return (request, response) => {
    const session = sessionIn(response);
    if (session) {
      door.doorkeeper.logOut(session, Date.now());
      logger.info({ actor: session.keyId }, 'logged out');
    }
    dropCookie(request, response, cookieName(request, sessionCookie));
    dropCookie(request, response, tokenCookie);
    response.redirect(303, '/login');
  };
}

function showForm(door: Door, request: Request, response: Response, next: string, mistake: string | null): void {
  const form = randomBytes(16).toString('base64url');
  setCookie(request, response, cookieName(request, formCookie), form, { httpOnly: true, maxAge: formMs });
  response.type('html').send(loginPage({ form: door.signer.sign('login', form), next, mistake }));
}

/** A path of this service to go on to; anything that leads elsewhere becomes the overview. */
/** A path of this service to go on to; anything else leads to the overview. */
export function ownPath(asked: unknown): string {
  if (typeof asked !== 'string' || !asked.startsWith('/')) return '/';
  const here = 'http://ops.invalid';
  const url = URL.parse(asked, here);
  return url?.origin === here && !/^\/log(in|out)\b/.test(url.pathname) ? url.pathname + url.search : '/';
}
