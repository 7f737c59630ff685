import type { RequestHandler } from 'express';
import helmet from 'helmet';

type Directives = Readonly<Record<string, readonly string[]>>;

const always: Directives = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
};

/** Bull Board is a script with its own styles, translations and a highlighter in a worker; all of it comes from here. */
const board: Directives = {
  ...always,
  scriptSrc: ["'self'"],
  // Its loading sign carries style attributes and its components add style elements (tried without: blocked).
  styleSrc: ["'self'", "'unsafe-inline'"],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  workerSrc: ["'self'"],
  baseUri: ["'self'"],
};

const withDirectives = (directives: Directives): RequestHandler =>
  helmet({
    contentSecurityPolicy: { useDefaults: false, directives: mutable(directives) },
    strictTransportSecurity: { maxAge: 180 * 86_400, includeSubDomains: false },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });

const mutable = (directives: Directives): Record<string, string[]> =>
  Object.fromEntries(Object.entries(directives).map(([name, sources]) => [name, [...sources]]));

/** Headers of the service's own pages: they need no script at all. */
export const pageHeaders: RequestHandler = withDirectives(always);
export const boardHeaders: RequestHandler = withDirectives(board);

/** What is shown here is of the moment and for one person. */
export const notStored: RequestHandler = (_, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};
