import type { Request, RequestHandler, Response } from 'express';
import { reasonPage } from '../pages/reasonPage.ts';
import type { Signer } from '../session/signer.ts';
import { openReason, readReason, reasonMs, sealReason } from '../session/statedReason.ts';
import type { Door } from './authenticate.ts';
import { cookieName, dropCookie, readCookie, setCookie } from './cookies.ts';
import { actorIn } from './locals.ts';
import { ownPath } from './login.ts';

const reasonCookie = 'ge_ops_reason';
/** For requests with a key of their own. */
const reasonHeader = 'x-reason';

/** What whoever asks has said that they do this for: in the form itself, in a header, or on the page before. null = nothing. */
export function statedReason(signer: Signer, request: Request, response: Response): string | null {
  const { session } = actorIn(response);
  const { reason } = (request.body ?? {}) as { reason?: unknown };
  const said = readReason(reason) || readReason(request.get(reasonHeader));
  if (said !== '' || !session) return said || null;
  return openReason(signer, session.id, readCookie(request, cookieName(request, reasonCookie)), Date.now());
}

/** The page where a reason is stated that stands for the next minutes: Bull Board has no field for one. */
export const askReason =
  ({ signer, csrf }: Door): RequestHandler =>
  (request, response) => {
    const { session, role } = actorIn(response);
    const reason = statedReason(signer, request, response);
    const token = session && csrf.tokenFor(session.id);
    response.type('html').send(reasonPage({ reason, next: ownPath(request.query.next), csrf: token, role }));
  };

/** Keeps the reason of the form for this session; an empty one is taken back. */
export const stateReason =
  ({ signer }: Door): RequestHandler =>
  (request, response) => {
    const { session } = actorIn(response);
    const { reason, next } = (request.body ?? {}) as Record<string, unknown>;
    const stated = readReason(reason);
    const name = cookieName(request, reasonCookie);
    if (!session || stated === '') dropCookie(request, response, name);
    else {
      const sealed = sealReason(signer, session.id, stated, Date.now());
      setCookie(request, response, name, sealed, { httpOnly: true, maxAge: reasonMs });
    }
    response.redirect(303, ownPath(next));
  };
