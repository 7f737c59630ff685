import { connect } from 'node:net';
import { UserMistake } from './mistake.ts';
import { checkDatabase, checkMail, checkQueues, type ServerCheck } from './server-checks.ts';

interface NamedServer {
  readonly variable: 'DATABASE_URL' | 'REDIS_URL' | 'SMTP_URL';
  readonly what: string;
  /** Scheme → the port it stands for. */
  readonly schemes: Readonly<Record<string, number>>;
  readonly ask: ServerCheck;
  /** Where an address may name several servers: each with its port; null when it is no address. */
  readonly several?: (value: string) => Promise<readonly Place[] | null>;
}

interface Place {
  readonly host: string;
  readonly port: number;
}

const servers: readonly NamedServer[] = [
  {
    variable: 'DATABASE_URL',
    what: 'PostgreSQL',
    schemes: { 'postgres:': 5432, 'postgresql:': 5432 },
    ask: checkDatabase,
  },
  {
    variable: 'REDIS_URL',
    what: 'Redis',
    schemes: { 'redis:': 6379, 'rediss:': 6379, 'redis-cluster:': 6379, 'rediss-cluster:': 6379 },
    ask: checkQueues,
    several: async (value) => (await import('@ge/queue')).redisNodesOf(value),
  },
  { variable: 'SMTP_URL', what: 'the mail server', schemes: { 'smtp:': 587, 'smtps:': 465 }, ask: checkMail },
];

/**
 * Whether the servers named by the environment are named rightly, answer, and let us in.
 * @throws UserMistake, one line, for the first that does not; never with a password
 */
export async function checkNamedServers(env: NodeJS.ProcessEnv): Promise<void> {
  for (const server of servers) {
    const value = env[server.variable];
    if (value) await check(server, value);
  }
}

async function check({ variable, what, schemes, ask, several }: NamedServer, value: string): Promise<void> {
  const places = several ? await several(value) : placeIn(value, schemes);
  if (places === null) {
    const beginnings = Object.keys(schemes).map((scheme) => `${scheme}//`);
    throw new UserMistake(`${variable} is no address of ${what}: it begins with ${inWords(beginnings)}.`);
  }
  if (variable === 'DATABASE_URL' && new URL(value).pathname.length < 2) {
    throw new UserMistake('DATABASE_URL names no database: it ends with /<database>.');
  }
  const where = places.map(({ host, port }) => `${host}:${port}`).join(', ');
  const answering = await Promise.all(places.map(answers));
  if (!answering.includes(true))
    throw new UserMistake(`Nothing answers at ${where}, where ${variable} says that ${what} is.`);
  const refusal = await ask(value);
  if (!refusal) return;
  const reason = refusal.reason.replace(/\s+/g, ' ').replace(/\.$/, '');
  throw new UserMistake(
    refusal.speaks
      ? `${variable}: ${what} at ${where} refuses: ${reason}.`
      : `${variable}: what answers at ${where} is not ${what} (${reason}).`,
  );
}

function placeIn(value: string, schemes: Readonly<Record<string, number>>): readonly Place[] | null {
  const url = URL.canParse(value) ? new URL(value) : null;
  const port = Number(url?.port) || schemes[url?.protocol ?? ''];
  return url?.hostname && port !== undefined ? [{ host: url.hostname.replace(/^\[|\]$/g, ''), port }] : null;
}

/** `a`, `a or b`, `a, b or c`. */
const inWords = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

const answers = (at: Place): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ ...at, timeout: 3_000 });
    const end = (ok: boolean) => {
      socket.destroy();
      resolve(ok);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
