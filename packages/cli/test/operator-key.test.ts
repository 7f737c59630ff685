import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@ge/database';
import { openFleetServers } from '@ge/embedded';
import { expect, onTestFinished, test } from 'vitest';
import { ensureOperatorKey, isInForce } from '../src/operator-key.ts';
import { toolsDir } from '../src/project.ts';

test('a key is in force once the database knows it; what others hold there does not make ours one', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ge-key-'));
  chmodSync(dataDir, 0o711);
  const servers = await openFleetServers({ dataDir, toolsDir, only: ['postgres'], durable: false, env: {} });
  onTestFinished(async () => {
    await servers.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  await migrate(servers.databaseUrl);
  expect(await isInForce(servers.databaseUrl, 'ours')).toBe(false);
  await ensureOperatorKey(servers.databaseUrl, 'theirs');
  expect(await isInForce(servers.databaseUrl, 'ours')).toBe(false);
  await ensureOperatorKey(servers.databaseUrl, 'ours');
  await ensureOperatorKey(servers.databaseUrl, 'ours');
  expect(await isInForce(servers.databaseUrl, 'ours')).toBe(true);
});
