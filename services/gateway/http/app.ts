import { randomUUID } from 'node:crypto';
import { openApiDocument, type Route } from '@ge/api';
import type { ServiceContext } from '@ge/runtime';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { GatewayConfig } from '../config.ts';
import { handlers } from '../handlers.ts';
import { logAccess } from './accessLog.ts';
import type { Admission } from './admission.ts';
import { docsPage } from './docsPage.ts';
import type { Surroundings } from './handler.ts';
import { problemOf } from './problems.ts';
import { HttpRefusal, NotFound } from './refused.ts';
import { sendProblem } from './send.ts';
import { localeOf, type RequestNotes, serve } from './serve.ts';

export type AppContext = Pick<ServiceContext<GatewayConfig>, 'database' | 'clock' | 'logger' | 'config'> &
  Surroundings & { readonly admission: Admission };

const expressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

/** The whole HTTP interface. `mount` adds what is no part of the API, such as the programme page. */
export function createApp(context: AppContext, mount: (app: Express) => void = () => undefined): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', context.config.TRUSTED_PROXIES);
  app.use((request, response, next) => {
    const asked = request.headers['x-request-id'];
    const requestId = typeof asked === 'string' && /^[A-Za-z0-9._-]{8,64}$/.test(asked) ? asked : randomUUID();
    const notes: RequestNotes = { requestId, locale: localeOf(request), route: '-', access: null };
    response.locals.notes = notes;
    response.set({ 'X-Request-Id': requestId, 'X-Content-Type-Options': 'nosniff' });
    logAccess(context.logger, request, response, notes);
    if (request.path.startsWith('/v1/')) response.set('Link', '</openapi.json>; rel="service-desc"');
    // No text in PostgreSQL can hold it, and no id or name has it.
    if (/%00/.test(request.url)) throw new HttpRefusal('http.validation');
    next();
  });
  mountDocuments(app);
  mount(app);
  mountRoutes(app, context);
  app.use(() => {
    throw new NotFound();
  });
  app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    answerProblem(context, error, request, response);
  });
  return app;
}

function mountRoutes(app: Express, context: AppContext): void {
  const methods = new Map<string, string[]>();
  for (const handler of handlers) {
    const { method, path } = handler.route as Route;
    const at = expressPath(path);
    app[method.toLowerCase() as 'get'](at, serve(handler, context, context.admission));
    methods.set(at, [...(methods.get(at) ?? []), method]);
  }
  for (const [path, allowed] of methods) {
    app.all(path, () => {
      throw new HttpRefusal('http.method_not_allowed', { Allow: allowed.join(', ') });
    });
  }
}

function mountDocuments(app: Express): void {
  const routes: readonly Route[] = handlers.map((handler) => handler.route as Route);
  const document = JSON.stringify(openApiDocument(routes));
  const page = docsPage(routes);
  app.get('/openapi.json', (_, response) => void response.type('application/json').send(document));
  app.get('/docs', (_, response) => {
    response.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'").type('html').send(page);
  });
}

function answerProblem(context: AppContext, thrown: unknown, request: Request, response: Response): void {
  const { locale, requestId } = response.locals.notes as RequestNotes;
  // A path that is no valid text (`%ff`) is refused by the router itself.
  const error = thrown instanceof URIError ? new NotFound() : thrown;
  const answer = problemOf(error, locale, requestId);
  if (answer.unexpected) context.logger.error({ err: error, requestId }, 'request failed');
  sendProblem(request, response, answer);
}
