import {
  Consumer,
  type Delivery,
  failingConnection,
  prefixOf,
  Sender,
  type Settlement,
  waitingConnection,
} from '@ge/queue';
import { eventually, testSpace } from '@ge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';

const queue = 'slow';
const pointer = { id: 1, gen: 0, name: 'x', sellerId: 'S-1' };

/** A worker that keeps what it gets until it is told. */
class Holder {
  readonly got: Delivery[] = [];
  readonly #release = Promise.withResolvers<Settlement>();
  readonly #connection = waitingConnection(space);
  readonly #consumer = new Consumer({
    space,
    queue,
    connection: this.#connection,
    concurrency: 2,
    lockMs: 500,
    handle: (delivery) => {
      this.got.push(delivery);
      return this.#release.promise;
    },
    onError: () => undefined,
  });

  /** Until it has had the job so often. */
  hasHad = (times: number) => eventually(`it has had it ${times} times`, () => this.got.length === times);

  async close(): Promise<void> {
    this.#release.resolve({ kind: 'settled' });
    await this.#consumer.close();
    this.#connection.disconnect();
  }
}

let space: ReturnType<typeof testSpace>;
let redis: ReturnType<typeof failingConnection>;
let sender: Sender;

beforeEach(async () => {
  space = testSpace();
  redis = failingConnection(space);
  sender = new Sender(space, queue, redis);
  await sender.send([pointer]);
});

afterEach(async () => {
  await sender.close();
  redis.disconnect();
});

/** As if the one that has the job had stood still for longer than its lock lasts. */
const loseLock = () => redis.unlink(`${prefixOf(space, queue)}:${queue}:1-0:lock`);

test('what a worker takes back from itself, since it was merely slow, is no suspect; what another one then has from it is', async () => {
  const slow = new Holder();
  await slow.hasHad(1);
  await loseLock();
  // After that it holds as much as it may, and leaves the job to the other one.
  await slow.hasHad(2);
  const other = new Holder();
  try {
    await loseLock();
    await other.hasHad(1);
  } finally {
    await Promise.all([slow.close(), other.close()]);
  }
  const suspects = (holder: Holder) => holder.got.map(({ wasAbandoned }) => wasAbandoned);
  expect({ slow: suspects(slow), other: suspects(other) }).toEqual({ slow: [false, false], other: [true] });
});
