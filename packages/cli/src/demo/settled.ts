import { type AnswerOf, routes } from '@ge/api';
import type { Demo } from './demo.ts';

type Operation = AnswerOf<typeof routes.operations.getOperation>;

const patienceMs = 180_000;

/** Waits until an accepted command and everything that follows from it has ended. @throws Error when it fails or takes too long */
export async function settled(demo: Demo, operationId: Operation['id']): Promise<Operation> {
  const signal = AbortSignal.timeout(patienceMs);
  let operation: Operation | undefined;
  try {
    const { followOperation } = routes.operations;
    for await (const state of demo.client.follow(followOperation, { params: { operationId }, signal })) {
      operation = state;
    }
  } catch (error) {
    if (!signal.aborted || !operation) throw error;
    const { kind, done, total } = operation;
    throw new Error(`${kind}: ${done} of ${total} jobs done after ${patienceMs / 1000} s`);
  }
  if (operation!.failed > 0) {
    throw new Error(`${operation!.kind}: ${operation!.failed} of ${operation!.total} jobs are dead`);
  }
  return operation!;
}
