import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { libraryFolders, unpackDebian } from './debian-packages.ts';
import { SetupProblem } from './setup-problem.ts';
import { canRun } from './unix-user.ts';

export interface RedisBinary {
  readonly program: string;
  /** Environment it needs to find its libraries. */
  readonly env: NodeJS.ProcessEnv;
}

const debianRedis = { name: 'redis-server', knownNeeds: ['redis-tools', 'libjemalloc2', 'liblzf1'] };

/**
 * A redis-server that runs here: the one on the PATH, else Debian's packages unpacked into `toolsDir`.
 * @throws SetupProblem naming every way out
 */
export async function redisBinary(
  toolsDir: string,
  env: NodeJS.ProcessEnv,
  onProgress: (line: string) => void,
): Promise<RedisBinary> {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const program = join(folder, 'redis-server');
    if (folder !== '' && existsSync(program) && runs({ program, env })) return { program, env };
  }
  const folder = join(toolsDir, 'redis');
  const unpacked = await unpackedBinary(folder, env, onProgress);
  if (unpacked && runs(unpacked)) return unpacked;
  throw new SetupProblem(
    'There is no redis-server on the PATH, and none could be fetched',
    'Set REDIS_URL to a Redis of yours, or install one (Debian: apt-get install redis-server; macOS: brew install redis).',
  );
}

async function unpackedBinary(
  folder: string,
  env: NodeJS.ProcessEnv,
  onProgress: (line: string) => void,
): Promise<RedisBinary | undefined> {
  if (!existsSync(folder)) {
    try {
      await unpackDebian(debianRedis, folder, (tree) => runs(binaryIn(tree, env)), onProgress);
    } catch {
      return undefined;
    }
  }
  return binaryIn(folder, env);
}

const binaryIn = (tree: string, env: NodeJS.ProcessEnv): RedisBinary => ({
  program: join(tree, 'usr', 'bin', 'redis-server'),
  env: { ...env, LD_LIBRARY_PATH: libraryFolders(tree).join(':') },
});

const runs = ({ program, env }: RedisBinary): boolean => canRun(undefined, program, env);
