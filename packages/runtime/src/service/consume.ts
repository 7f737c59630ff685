import type { JobContract } from '@ge/contracts';
import {
  Consumer,
  type Delivery,
  partsOf,
  type QueueSpace,
  queueOfPart,
  type Settlement,
  waitingConnection,
} from '@ge/queue';
import { DatabaseRunner, type RunnerContext } from '../batch/batchRunner.ts';
import { EffectRunner } from '../batch/effectRunner.ts';
import { describeFailure } from '../batch/failure.ts';
import { type AnyHandler, isEffectHandler } from '../batch/handler.ts';
import type { BaseConfig } from './config.ts';
import type { Resources } from './resources.ts';

/** Starts one consumer for each queue that the handlers' contracts name, and for each name that it is spread over. Returns them when all of them take jobs. */
export async function consume(
  handlers: readonly AnyHandler[],
  context: RunnerContext,
  space: QueueSpace,
  config: BaseConfig,
  resources: Resources,
): Promise<readonly Consumer[]> {
  const runners = new Map(
    handlers.map((handler) => [
      (handler.contract as JobContract).name,
      isEffectHandler(handler) ? new EffectRunner(context, handler) : new DatabaseRunner(context, handler),
    ]),
  );
  const unsettled = (delivery: Delivery, error: unknown): Settlement => {
    const failure = describeFailure(error);
    context.logger.error({ job: delivery.name, message: delivery.pointer?.id, failure }, 'a job could not be settled');
    return delivery.pointer ? { kind: 'later', ms: 5_000 } : { kind: 'failed', reason: failure };
  };
  const queues = new Set(handlers.map((handler) => (handler.contract as JobContract).queue));
  const consumers: Consumer[] = [];
  for (const queue of [...queues].flatMap((one) => partsOf(one, space.parts))) {
    const connection = waitingConnection(space);
    resources.add(`redis of ${queue}`, () => connection.disconnect());
    const consumer = new Consumer({
      space,
      queue,
      connection,
      // A process holds as much as ever, wherever it comes from.
      concurrency: Math.ceil(config.CONCURRENCY / partsOf(queueOfPart(queue), space.parts).length),
      lockMs: config.JOB_LOCK_MS,
      handle: async (delivery) => {
        const runner = runners.get(delivery.name);
        return runner ? runner.handle(delivery).catch((error) => unsettled(delivery, error)) : unknownHere(delivery);
      },
      onError: (error) => context.logger.warn({ queue, failure: describeFailure(error) }, 'queue connection'),
    });
    await consumer.ready();
    resources.add(`consumer of ${queue}`, () => consumer.close());
    consumers.push(consumer);
  }
  return consumers;
}

/** A newer release may know the job: what has a row stays owed until someone does. */
const unknownHere = ({ name, pointer }: Delivery): Settlement =>
  pointer ? { kind: 'later', ms: 2_000 } : { kind: 'failed', reason: `no handler for jobs named ${name.slice(0, 60)}` };
