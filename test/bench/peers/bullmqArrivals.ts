/** BullMQ's worker under an open load, with a processor that does nothing: says the 99th percentile from due to completed. */

import { Worker } from 'bullmq';
import { build } from 'hdr-histogram-js';
import { Redis } from 'ioredis';
import { steered } from './program.ts';

const [redisUrl, prefix, queue, count, warmUp] = process.argv.slice(2) as [string, string, string, string, string];

await steered(async () => {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null, enableAutoPipelining: true });
  const worker = new Worker<{ dueAt: number }>(queue, async () => undefined, {
    connection,
    prefix,
    concurrency: 500,
    removeOnComplete: { count: 0 },
  });
  const times = build({ lowestDiscernibleValue: 1, highestTrackableValue: 600_000, numberOfSignificantValueDigits: 3 });
  let ended = 0;
  worker.on('completed', ({ data }) => {
    ended += 1;
    if (ended > Number(warmUp)) times.recordValue(Math.max(1, Date.now() - data.dueAt));
    if (ended === Number(count)) process.stdout.write(`${times.getValueAtPercentile(99)}\n`);
  });
  await worker.waitUntilReady();
  return () => undefined;
});
