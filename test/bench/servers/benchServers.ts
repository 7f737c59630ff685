import { fileURLToPath } from 'node:url';
import { openDatabase } from '@ge/database';
import { openFleetServers, passingFolder, SetupProblem, stateFolder } from '@ge/embedded';
import { failingConnection } from '@ge/queue';

const project = fileURLToPath(new URL('../../..', import.meta.url));

/** The servers all measures of a run share, with what they say about themselves. */
export interface BenchServers {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Process numbers, where the servers are ours. */
  readonly pids: { readonly postgres?: number; readonly redis?: number };
  readonly versions: { readonly postgres: string; readonly redis: string };
  /** Settings as the servers gave them when asked. */
  readonly durability: Durability;
  close(): Promise<void>;
}

export interface Durability {
  readonly fsync: string;
  readonly synchronousCommit: string;
  readonly fullPageWrites: string;
  readonly appendonly: string;
  readonly appendfsync: string;
}

const asked: Durability = {
  fsync: 'on',
  synchronousCommit: 'on',
  fullPageWrites: 'on',
  appendonly: 'yes',
  appendfsync: 'everysec',
};

/**
 * Opens a PostgreSQL and a Redis that keep what they were given, in a folder of their own that goes when the run ends, or
 * uses those named by GE_TEST_DATABASE_URL and GE_TEST_REDIS_URL. What runs on them (`@ge/testkit`) finds them by these
 * variables.
 * @throws SetupProblem when they cannot be had, or do not flush to disk what is committed
 */
export async function openBenchServers(tell: (line: string) => void): Promise<BenchServers> {
  const state = stateFolder(project);
  const folder = await passingFolder(state, 'bench');
  const servers = await openFleetServers({
    dataDir: folder.path,
    toolsDir: state,
    only: ['postgres', 'redis'],
    durable: true,
    env: {
      ...process.env,
      DATABASE_URL: process.env.GE_TEST_DATABASE_URL,
      REDIS_URL: process.env.GE_TEST_REDIS_URL,
    },
    onProgress: tell,
  }).catch((error: unknown) => {
    folder.discard();
    throw error;
  });
  const close = async () => {
    await servers.close();
    folder.discard();
  };
  try {
    const said = await askServers(servers.databaseUrl, servers.redisUrl);
    refuseUnsafe(said.durability);
    process.env.GE_TEST_DATABASE_URL = servers.databaseUrl;
    process.env.GE_TEST_REDIS_URL = servers.redisUrl;
    return {
      databaseUrl: servers.databaseUrl,
      redisUrl: servers.redisUrl,
      pids: {
        ...(servers.postgres && { postgres: servers.postgres.pid }),
        ...(servers.redis && { redis: servers.redis.pid }),
      },
      ...said,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the two servers are and how they keep what they are given, by their own account. */
async function askServers(
  databaseUrl: string,
  redisUrl: string,
): Promise<Pick<BenchServers, 'versions' | 'durability'>> {
  const database = await openDatabase({ url: databaseUrl, applicationName: 'ge-bench', poolSize: 1 });
  const redis = failingConnection({ redisUrl, namespace: 'bench' });
  try {
    const rows = await database.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings where name in ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes')`,
    );
    const setting = (name: string) => rows.find((row) => row.name === name)?.setting ?? '';
    const config = async (name: string) => String(((await redis.config('GET', name)) as string[])[1]);
    return {
      versions: {
        postgres: setting('server_version'),
        redis: /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? '',
      },
      durability: {
        fsync: setting('fsync'),
        synchronousCommit: setting('synchronous_commit'),
        fullPageWrites: setting('full_page_writes'),
        appendonly: await config('appendonly'),
        appendfsync: await config('appendfsync'),
      },
    };
  } finally {
    redis.disconnect();
    await database.close();
  }
}

function refuseUnsafe(found: Durability): void {
  const wrong = (Object.keys(asked) as (keyof Durability)[]).filter((name) => found[name] !== asked[name]);
  // Flushing at every command is more than is asked.
  if (wrong.length === 1 && wrong[0] === 'appendfsync' && found.appendfsync === 'always') return;
  if (wrong.length > 0)
    throw new SetupProblem(
      `These servers would trade durability for speed: ${wrong.map((name) => `${name} is ${found[name]}`).join(', ')}`,
      `Measured with ${wrong.map((name) => `${name} ${asked[name]}`).join(', ')} only.`,
    );
}
