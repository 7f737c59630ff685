import { setTimeout as wait } from 'node:timers/promises';
import { type AnswerOf, routes } from '@ge/api';
import type { Demo } from './demo.ts';

type Operation = AnswerOf<typeof routes.operations.getOperation>;

const patienceMs = 180_000;

/** Waits until an accepted command and everything that follows from it has ended. @throws Error when it fails or takes too long */
export async function settled(demo: Demo, operationId: Operation['id']): Promise<Operation> {
  const deadline = Date.now() + patienceMs;
  for (let pause = 20; ; pause = Math.min(500, pause * 1.5)) {
    const operation = await demo.client.call(routes.operations.getOperation, { params: { operationId } });
    if (operation.state === 'closed') {
      if (operation.failed > 0)
        throw new Error(`${operation.kind}: ${operation.failed} of ${operation.total} jobs are dead`);
      return operation;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `${operation.kind}: ${operation.done} of ${operation.total} jobs done after ${patienceMs / 1000} s`,
      );
    }
    await wait(pause);
  }
}
