import { Consumer, waitingConnection } from '@ge/queue';

/** BullMQ with a processor that does nothing: says `ready`, then `done` when it has had as many jobs as it was told to expect. */
const [redisUrl, namespace, queue, expected] = process.argv.slice(2) as [string, string, string, string];
const space = { redisUrl, namespace };
let seen = 0;
const consumer = new Consumer({
  space,
  queue,
  connection: waitingConnection(space),
  concurrency: 500,
  lockMs: 15_000,
  handle: async () => {
    seen += 1;
    if (seen === Number(expected)) process.stdout.write('done\n');
    return { kind: 'settled' };
  },
  onError: () => undefined,
});
await consumer.ready();
process.stdout.write('ready\n');
