import { fileURLToPath } from 'node:url';
import { describeFailure, isPassing, type ServiceContext } from '@ge/runtime';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { type Action, mayDo } from '../access.ts';
import { bullBoard, isReadOnly } from '../board/board.ts';
import { BoardGuard } from '../board/boardGuard.ts';
import type { ShownQueues } from '../board/shownQueues.ts';
import type { OpsConfig } from '../config.ts';
import type { Overview } from '../overview.ts';
import { overviewPage } from '../pages/overviewPage.ts';
import { within } from '../within.ts';
import { auditRoute } from './auditRoute.ts';
import { authenticate, type Door } from './authenticate.ts';
import { deskForms, deskPages } from './deskRoutes.ts';
import { boardHeaders, notStored, pageHeaders } from './headers.ts';
import { actorIn } from './locals.ts';
import { formBody, loginRoutes, logOutRoute } from './login.ts';
import { askReason, statedReason, stateReason } from './reason.ts';
import { notFound, type Refused, redisAway, refuse, roleTooSmall, storeAway, unexpected } from './refuse.ts';

const boardPath = '/board';
const stylesheet = fileURLToPath(new URL('../pages/ops.css', import.meta.url));
/** How long Redis may take for a sign of life before the board is not even asked, and the board for its answer. */
const redisPatienceMs = 4_000;
const boardPatienceMs = 15_000;

export interface AppParts {
  readonly context: Pick<ServiceContext<OpsConfig>, 'config' | 'database' | 'clock' | 'logger' | 'registry'>;
  readonly door: Door;
  readonly queues: ShownQueues;
  readonly readOverview: () => Promise<Overview>;
  readonly pingRedis: () => Promise<unknown>;
}

/** Everything this service serves. Only the login and its stylesheet are open; all else is behind `authenticate`. */
export function createApp({ context, door, queues, readOverview, pingRedis }: AppParts): Express {
  const { config, database, clock, logger, registry } = context;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.TRUST_PROXY);
  app.set('query parser', 'simple');
  app.use(pageHeaders, notStored);
  app.get('/assets/ops.css', (_, response) => response.sendFile(stylesheet, { cacheControl: false }));
  app.use(loginRoutes(door, logger));

  app.use(authenticate(door));
  app.post('/logout', formBody, door.csrf.check, logOutRoute(door, logger));
  app.post('/reason', formBody, door.csrf.check, stateReason(door));
  const desk = { database, clock, door };
  app.use(deskForms(desk));
  app.use(door.csrf.check);
  app.get('/', allows('look'), async (_request, response) => {
    const { session, role } = actorIn(response);
    const csrf = session && door.csrf.tokenFor(session.id);
    response
      .type('html')
      .send(overviewPage({ overview: await readOverview(), csrf, role, mayPause: mayDo(role, 'pause') }));
  });
  app.get('/metrics', allows('look'), async (_request, response) => {
    response.set('Content-Type', registry.contentType).send(await registry.metrics());
  });

  app.get('/reason', allows('look'), askReason(door));
  app.use(deskPages(desk));
  app.get('/audit', allows('look'), auditRoute(database, door));

  const guard = new BoardGuard({ database, clock, logger, isReadOnly });
  app.use(boardPath, boardHeaders);
  // BullMQ keeps what it cannot send and sends it whenever Redis is back, long after a person was told that it failed.
  app.use(`${boardPath}/api`, async (request, response, next) => {
    const answers = await within(redisPatienceMs, pingRedis()).catch(() => null);
    if (answers === null) return refuse(request, response, redisAway);
    const reason = statedReason(door.signer, request, response);
    guard.remember(request.headers, { actor: actorIn(response), reason });
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

/** Lets those pass whose role may do this. The board's own calls are decided one by one in its guard. */
const allows =
  (action: Action): RequestHandler =>
  (request, response, next) =>
    mayDo(actorIn(response).role, action) ? next() : refuse(request, response, roleTooSmall);

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
