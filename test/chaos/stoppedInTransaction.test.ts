import { execFileSync } from 'node:child_process';
import { eventually, openOwnServers } from '@ge/testkit';
import { expect, test } from 'vitest';
import { wavesOf } from './scene/command.ts';
import { nothingAmiss } from './scene/endState.ts';
import { type Worker, workers } from './scene/fleet.ts';
import { drawn } from './scene/random.ts';
import { noMoneyAmiss, openScene } from './scene/scene.ts';
import { seed } from './scene/seed.ts';

/** Where each worker is made to stand still: with rows locked in an open transaction, or with a claim and nothing sent yet. */
const stops: Readonly<Record<Worker, string>> = {
  'template-propagation': 'batch.saved',
  'region-fanout': 'batch.written',
  'sku-assignment': 'batch.taken',
  'label-purchase': 'effect.claimed',
  'enrollment-invitations': 'effect.claimed',
};
/** A mail is claimed for three times as long, and no longer begun after half of that. */
const env = { MAIL_TIMEOUT_MS: '4000' };

const isStopped = (pid: number) =>
  execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('T');

test('workers stopped in the middle keep nobody waiting; continued later, what they still write changes nothing', {
  timeout: 300_000,
}, async () => {
  const size = { sellers: 4, guests: 4, waves: 2 };
  // A PostgreSQL of its own: as long as a client stands still, nobody can drop a database of the same cluster.
  const servers = await openOwnServers();
  const space = { redisUrl: servers.redisUrl, namespace: 'stopped' };
  const scene = await openScene({ ...servers, space }, size);
  const { fleet } = scene;
  try {
    const [before, after] = drawn(wavesOf(size));
    await scene.accept(before!);
    await Promise.all(
      workers.map((worker) => {
        const signal = { GE_FAILPOINT: stops[worker], GE_FAILPOINT_SIGNAL: 'SIGSTOP' };
        return fleet.start(worker, { ...env, ...signal }, `stopped ${worker}`);
      }),
    );
    await fleet.start('relay');
    for (const worker of workers) {
      const { pid } = fleet.of(`stopped ${worker}`).process;
      await eventually(`${worker} stands still`, () => isStopped(pid!), 60_000);
    }
    await Promise.all(workers.map((worker) => fleet.start(worker, env)));
    await scene.drained();
    const meanwhile = await scene.ends();
    expect(meanwhile.was, `GE_SEED=${seed}`).toEqual(meanwhile.shouldBe);

    for (const worker of workers) fleet.of(`stopped ${worker}`).process.kill('SIGCONT');
    await scene.accept(after!);
    await scene.drained();
    // A worker ends what it has in hand before it stops.
    for (const worker of workers) expect(await fleet.end(`stopped ${worker}`, 'SIGTERM')).toBe(0);
    const ends = await scene.ends();
    expect(ends.was, `GE_SEED=${seed}`).toEqual(ends.shouldBe);
    expect(ends.messages).toEqual(nothingAmiss);
    expect(ends.money).toEqual(noMoneyAmiss);
    expect(ends.mails).toEqual({ missing: 0, unanswered: 0, mostOften: 1 });
  } finally {
    await scene.close();
    await servers.close();
  }
});
