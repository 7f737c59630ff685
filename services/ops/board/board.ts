import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { AppViewRoute } from '@bull-board/api/typings/app';
import { ExpressAdapter } from '@bull-board/express';
import { buyLabel, catalogue } from '@ge/contracts';
import { queueOfPart } from '@ge/queue';
import type { RequestHandler } from 'express';
import type { BoardGuard } from './boardGuard.ts';
import { nameOf, shownAnswer, shownData } from './shown.ts';
import type { BoardQueue, ShownQueues } from './shownQueues.ts';

/** Whether a queue, by one of its names, is for looking only, whatever the role. */
export const isReadOnly = (name: string): boolean => queueOfPart(name) === buyLabel.queue;

/** Bull Board over these queues, to be mounted at `path` behind authentication. */
export function bullBoard(path: string, queues: ShownQueues, guard: BoardGuard): RequestHandler {
  const serverAdapter = new OwnFonts();
  serverAdapter.setBasePath(path);
  const { addQueue } = createBullBoard({
    queues: queues.all.map(adapterOf),
    serverAdapter,
    options: {
      handlerHooks: {
        before: guard.before,
        after: async (context, answer) => {
          await guard.failed(context, answer);
          return shownAnswer(context, answer);
        },
      },
      uiConfig: {
        boardTitle: 'Global Express',
        favIcon: { default: 'static/images/logo.svg', alternative: 'static/favicon-32x32.png' },
        miscLinks: [{ text: 'Overview and log out', url: '/' }],
        hideDocsLink: true,
        // Each worker badge would cost a CLIENT LIST per queue and poll.
        showWorkers: false,
        pollingInterval: { showSetting: true },
      },
    },
  });
  queues.whenAdded((queue) => addQueue(adapterOf(queue)));
  return serverAdapter.getRouter() as RequestHandler;
}

function adapterOf(queue: BoardQueue): BullMQAdapter {
  const jobs = catalogue.filter((contract) => contract.queue === queueOfPart(queue.name)).map(({ name }) => name);
  const adapter = new BullMQAdapter(queue, {
    readOnlyMode: isReadOnly(queue.name),
    allowCompletedRetries: false,
    description: jobs.join(', '),
  } as ConstructorParameters<typeof BullMQAdapter>[1]);
  adapter.setFormatter('name', nameOf as (job: unknown) => string);
  adapter.setFormatter('data', shownData);
  adapter.setFormatter('returnValue', () => null);
  adapter.setFormatter('progress', () => 0);
  return adapter;
}

/** The board's page without its link to a font service: nothing of operations is told to anyone else. */
class OwnFonts extends ExpressAdapter {
  override setEntryRoute({ method, route, handler }: AppViewRoute): this {
    this.app[method](route, (_request, response) => {
      const { name, params } = handler({ basePath: this.basePath, uiConfig: this.uiConfig });
      response.render(name, params, (error, page) => {
        if (error) throw error;
        response.send(page.replaceAll(/<link[^>]+fonts\.googleapis\.com[^>]*>/g, ''));
      });
    });
    return this;
  }
}
