import { fileURLToPath } from 'node:url';
import { describeFailure, isPassing, type ServiceContext } from '@ge/runtime';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { type BoardQueue, bullBoard, readOnlyQueues } from '../board/board.ts';
import { BoardGuard } from '../board/boardGuard.ts';
import type { OpsConfig } from '../config.ts';
import type { Overview } from '../overview.ts';
import { overviewPage } from '../pages/overviewPage.ts';
import { authenticate, type Door } from './authenticate.ts';
import { boardHeaders, notStored, pageHeaders } from './headers.ts';
import { actorIn } from './locals.ts';
import { formBody, loginRoutes, logOutRoute } from './login.ts';
import { notFound, type Refused, refuse, storeAway, unexpected } from './refuse.ts';

const boardPath = '/board';
const stylesheet = fileURLToPath(new URL('../pages/ops.css', import.meta.url));
/** How long the board may wait for Redis before a person is told. */
const boardPatienceMs = 15_000;

export interface AppParts {
  readonly context: Pick<ServiceContext<OpsConfig>, 'config' | 'database' | 'logger' | 'registry'>;
  readonly door: Door;
  readonly queues: readonly BoardQueue[];
  readonly readOverview: () => Promise<Overview>;
}

/** Everything this service serves. Only the login and its stylesheet are open; all else is behind `authenticate`. */
export function createApp({ context, door, queues, readOverview }: AppParts): Express {
  const { config, database, logger, registry } = context;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.TRUST_PROXY);
  app.set('query parser', 'simple');
  app.use(pageHeaders, notStored);
  app.get('/assets/ops.css', (_, response) => response.sendFile(stylesheet, { cacheControl: false }));
  app.use(loginRoutes(door, logger));

  app.use(authenticate(door));
  app.post('/logout', formBody, door.csrf.check, logOutRoute(door, logger));
  app.use(door.csrf.check);
  app.get('/', async (_request, response) => {
    const { session, role } = actorIn(response);
    const csrf = session && door.csrf.tokenFor(session.id);
    response.type('html').send(overviewPage({ overview: await readOverview(), csrf, role }));
  });
  app.get('/metrics', async (_request, response) => {
    response.set('Content-Type', registry.contentType).send(await registry.metrics());
  });

  const guard = new BoardGuard(database, logger, readOnlyQueues);
  app.use(boardPath, boardHeaders, (request, response, next) => {
    guard.remember(request.headers, actorIn(response));
    const patience = setTimeout(() => {
      if (!response.headersSent) refuse(request, response, storeAway);
    }, boardPatienceMs);
    response.once('close', () => clearTimeout(patience));
    next();
  });
  app.use(boardPath, bullBoard(boardPath, queues, guard));

  app.use((request, response) => refuse(request, response, notFound));
  const answerError: ErrorRequestHandler = (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const refused = refusedOf(error);
    if (refused === unexpected) logger.error({ failure: describeFailure(error) }, 'request failed');
    refuse(request, response, refused);
  };
  app.use(answerError);
  return app;
}

/** Errors of the framework's own parsing (a body too large, a path that is no text) say their status. */
function refusedOf(error: unknown): Refused {
  if (isPassing(error)) return storeAway;
  const status = Number((error as { status?: unknown }).status);
  if (status >= 400 && status < 500) {
    return {
      status,
      code: 'ops.bad_request',
      title: 'This request cannot be understood',
      detail: 'Check what was sent.',
    };
  }
  return unexpected;
}
