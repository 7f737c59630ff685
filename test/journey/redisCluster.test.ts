import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  type LocalRedisCluster,
  type PassingFolder,
  passingFolder,
  startRedisCluster,
  stateFolder,
} from '@ge/embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../../examples/generate/generate.ts';
import { loseMasters } from './losingMasters.ts';

const run = promisify(execFile);
const project = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(project, 'packages', 'cli', 'src', 'main.ts');
const toolsDir = stateFolder(project);

describe.runIf(process.env.GE_DEEP)('the whole fleet on a Redis Cluster of three masters', { timeout: 390_000 }, () => {
  let cluster: LocalRedisCluster;
  let folder: PassingFolder;

  beforeAll(async () => {
    folder = await passingFolder(toolsDir, 'journey');
    cluster = await startRedisCluster({ dataDir: join(folder.path, 'cluster'), toolsDir });
  });

  afterAll(async () => {
    await cluster?.close();
    folder?.discard();
  });

  /** Runs a command of `./ge` on the cluster, while masters lose what is under way. Returns its answer. */
  async function whileMastersAreLost(command: string, ...args: readonly string[]) {
    const env = {
      PATH: process.env.PATH,
      REDIS_URL: cluster.redisUrl,
      QUEUE_PARTS: '{"sku-assignment":2}',
      // What is lost is sent again after that long, and a journey has many steps.
      RELAY_RESEND_MS: '1000',
      JOB_LOCK_MS: '3000',
    };
    const running = run(process.execPath, [cli, command, '--json', ...args], { env, maxBuffer: 64 * 1024 * 1024 });
    const over = new AbortController();
    const losing = loseMasters(cluster, `${command}-${running.child.pid}`, over.signal);
    const { stdout, stderr } = await running
      .catch((failed: { stdout: string; stderr: string }) => failed)
      .finally(() => over.abort());
    if (stdout === '') throw new Error(stderr);
    const losses = await losing;
    expect(losses.length, `masters were lost in the middle of it: ${JSON.stringify(losses)}`).toBeGreaterThanOrEqual(2);
    return JSON.parse(stdout);
  }

  test('the programme’s journey over HTTP, masters losing what is under way again and again: every number is the one worked out beforehand', async () => {
    const examples = join(folder.path, 'examples');
    generate({ seed: 20_260_101, sellers: 60, rows: 3_000 }, examples);
    const told = await whileMastersAreLost('demo', '--examples', examples, '--out', join(folder.path, 'results'));
    expect(told.checks.filter((check: { ok: boolean }) => !check.ok)).toEqual([]);
    expect(told).toMatchObject({ ok: true, steps: { length: 13 } });
  });

  test('a mixed load over HTTP, masters losing what is under way again and again: the audit finds every command once', async () => {
    const told = await whileMastersAreLost('flood', '--duration', '20s', '--rate', '30');
    expect(told.audit).toMatchObject({ findings: [], ok: true });
    expect(told).toMatchObject({ ok: true, backlog: { drained: true } });
    expect(told.audit.accepted).toBeGreaterThan(100);
  });
});
