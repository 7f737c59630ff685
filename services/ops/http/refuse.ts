import type { Request, Response } from 'express';
import { messagePage } from '../pages/frame.ts';

export interface Refused {
  readonly status: number;
  /** Stable, for machines. */
  readonly code: string;
  readonly title: string;
  /** What to do about it. */
  readonly detail: string;
}

export const loginNeeded: Refused = {
  status: 401,
  code: 'ops.login_needed',
  title: 'Not logged in',
  detail: 'Log in with an operator key, or send it as a bearer token.',
};

export const tooManyAttempts: Refused = {
  status: 429,
  code: 'ops.too_many_attempts',
  title: 'Too many failed logins',
  detail: 'Wait a few minutes, then try again with a key that is in force.',
};

export const roleTooSmall: Refused = {
  status: 403,
  code: 'ops.forbidden',
  title: 'Your role does not allow this',
  detail: 'Log in with a key whose role does.',
};

export const csrfMissing: Refused = {
  status: 403,
  code: 'ops.csrf',
  title: 'The request does not prove that it comes from this page',
  detail: 'Reload the page and try again. Scripts send an operator key as a bearer token instead of a cookie.',
};

export const notFound: Refused = {
  status: 404,
  code: 'ops.not_found',
  title: 'Not found',
  detail: 'There is no such page here.',
};

export const storeAway: Refused = {
  status: 503,
  code: 'ops.store_away',
  title: 'PostgreSQL or Redis does not answer',
  detail: 'Look again in a moment whether anything was done.',
};

export const redisAway: Refused = {
  status: 503,
  code: 'ops.redis_away',
  title: 'Redis does not answer',
  detail: 'Nothing was done. Nothing is lost either: what is owed stands in PostgreSQL, see the overview.',
};

export const unexpected: Refused = {
  status: 500,
  code: 'ops.unexpected',
  title: 'Something went wrong here',
  detail: 'The log of the service says what.',
};

/** True for what a person opened in a browser, false for scripts and the board's own calls. */
export const wantsPage = (request: Request): boolean =>
  !request.originalUrl.startsWith('/board/api') && request.accepts(['json', 'html']) === 'html';

/** Answers a page to people, otherwise a problem document; `error` and `message` are what Bull Board shows of it. */
export function refuse(request: Request, response: Response, refused: Refused): void {
  const { status, code, title, detail } = refused;
  response.status(status);
  if (wantsPage(request)) response.type('html').send(messagePage(refused));
  else
    response
      .type('application/problem+json')
      .send(JSON.stringify({ type: 'about:blank', title, status, detail, code, error: title, message: detail }));
}
