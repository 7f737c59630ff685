import { fileURLToPath } from 'node:url';
import { openFleetServers, passingFolderInMemory, stateFolder } from '@ge/embedded';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * One PostgreSQL and one Redis for a whole test run, in a folder of its own that goes when the run ends, however it
 * ends. Their addresses reach the test files as GE_TEST_DATABASE_URL (owner of the cluster: make a database per file)
 * and GE_TEST_REDIS_URL (shared: take a prefix or a database of your own). Servers these variables already name are
 * used instead; DATABASE_URL and REDIS_URL are not looked at, so tests never touch a server that holds real data.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await passingFolderInMemory(PROJECT, 'test');
  const servers = await openFleetServers({
    dataDir: folder.path,
    toolsDir: stateFolder(PROJECT),
    only: ['postgres', 'redis'],
    durable: false,
    env: {
      ...process.env,
      DATABASE_URL: process.env.GE_TEST_DATABASE_URL,
      REDIS_URL: process.env.GE_TEST_REDIS_URL,
    },
    onProgress: (line) => process.stderr.write(`${line}\n`),
  }).catch((error: unknown) => {
    folder.discard();
    throw error;
  });
  // Test files run in child processes, which inherit the environment.
  process.env.GE_TEST_DATABASE_URL = servers.databaseUrl;
  process.env.GE_TEST_REDIS_URL = servers.redisUrl;
  return async () => {
    await servers.close();
    folder.discard();
  };
}
