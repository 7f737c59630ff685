import type { Request, RequestHandler, Response } from 'express';
import type { Signer } from '../session/signer.ts';
import { setCookie } from './cookies.ts';
import { actorIn } from './locals.ts';
import { csrfMissing, refuse } from './refuse.ts';

/** Bull Board's page reads this cookie and sends it back in the header `X-XSRF-TOKEN`; another site can do neither. */
export const tokenCookie = 'XSRF-TOKEN';
const tokenHeader = 'x-xsrf-token';
/** The field of this service's own forms. */
const tokenField = 'csrf';

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Proof that a write comes from a page of this session. The token is bound to the session by signature. */
export class CsrfGuard {
  readonly #signer: Signer;

  constructor(signer: Signer) {
    this.#signer = signer;
  }

  tokenFor(sessionId: string): string {
    return this.#signer.sign('csrf', sessionId);
  }

  giveToken(request: Request, response: Response, sessionId: string, maxAge: number): void {
    // The page's script has to read it, so it is not HttpOnly.
    setCookie(request, response, tokenCookie, this.tokenFor(sessionId), { httpOnly: false, maxAge });
  }

  /** Refuses writes of a session without its token; a request with a key of its own needs none. */
  readonly check: RequestHandler = (request, response, next) => {
    const { session } = actorIn(response);
    if (harmless.has(request.method) || !session) return next();
    const field: unknown = (request.body as Record<string, unknown> | undefined)?.[tokenField];
    const token = request.get(tokenHeader) ?? field;
    if (typeof token === 'string' && this.#signer.check('csrf', session.id, token)) return next();
    refuse(request, response, csrfMissing);
  };
}
