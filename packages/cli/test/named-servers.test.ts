import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FleetServers, openFleetServers } from '@ge/embedded';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { UserMistake } from '../src/mistake.ts';
import { checkNamedServers } from '../src/named-servers.ts';
import { toolsDir } from '../src/project.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'ge-named-'));
let servers: FleetServers;

beforeAll(async () => {
  chmodSync(dataDir, 0o711);
  servers = await openFleetServers({ dataDir, toolsDir, durable: false, env: { PATH: process.env.PATH } });
});

afterAll(async () => {
  await servers.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The one line said about a wrong address. */
async function refused(env: NodeJS.ProcessEnv): Promise<string> {
  const error = await checkNamedServers(env).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserMistake);
  const { message } = error as UserMistake;
  expect(message).not.toContain('\n');
  return message;
}

/** A port of loopback that `server` listens on until the test ends. */
async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const hostname = '127.0.0.1';
const port = (url: string): string => new URL(url).port;

test('servers that let us in are accepted', async () => {
  const { databaseUrl, redisUrl, smtpUrl } = servers;
  const all = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, SMTP_URL: smtpUrl };
  await expect(checkNamedServers(all)).resolves.not.toThrow();
  await expect(checkNamedServers({ DATABASE_URL: '', REDIS_URL: undefined })).resolves.not.toThrow();
});

const noRedis =
  'REDIS_URL is no address of Redis: it begins with redis://, rediss://, redis-cluster:// or rediss-cluster://.';

test.each([
  [
    { DATABASE_URL: 'mysql://h/x' },
    'DATABASE_URL is no address of PostgreSQL: it begins with postgres:// or postgresql://.',
  ],
  [{ DATABASE_URL: 'postgres://h' }, 'DATABASE_URL names no database: it ends with /<database>.'],
  [{ REDIS_URL: '127.0.0.1:6379' }, noRedis],
  [{ REDIS_URL: 'redis-cluster://' }, noRedis],
  [{ REDIS_URL: 'redis-cluster://a:1,b:x' }, noRedis],
  [{ SMTP_URL: 'mail' }, 'SMTP_URL is no address of the mail server: it begins with smtp:// or smtps://.'],
])('what is no address is said to be none: %j', async (env, said) => {
  expect(await refused(env)).toBe(said);
});

test.each([
  ['DATABASE_URL', 'PostgreSQL', 'postgres://ge:secret@', '/ge'],
  ['REDIS_URL', 'Redis', 'redis://:secret@', ''],
  ['SMTP_URL', 'the mail server', 'smtp://', ''],
])('%s with nobody there: nothing answers', async (variable, what, before, after) => {
  const server = createServer();
  const free = await listening(server);
  server.close();
  await once(server, 'close');
  const said = `Nothing answers at ${hostname}:${free}, where ${variable} says that ${what} is.`;
  expect(await refused({ [variable]: `${before}${hostname}:${free}${after}` })).toBe(said);
});

test.each([
  ['DATABASE_URL', 'PostgreSQL', 'postgres://ge:secret@', '/ge'],
  ['REDIS_URL', 'Redis', 'redis://:secret@', ''],
])(
  '%s with somebody else there, a web server say: it is not the server meant',
  async (variable, what, before, after) => {
    const there = await listening(createHttpServer((_request, response) => response.end('hello')));
    const message = await refused({ [variable]: `${before}${hostname}:${there}${after}` });
    expect(message).toContain(`${variable}: what answers at ${hostname}:${there} is not ${what} (`);
    expect(message).not.toContain('secret');
  },
);

test('SMTP_URL with somebody else there: it is not the mail server', async () => {
  const there = await listening(createServer((socket) => socket.on('error', () => undefined).end('-ERR\r\n')));
  expect(await refused({ SMTP_URL: `smtp://${hostname}:${there}` })).toContain(
    `SMTP_URL: what answers at ${hostname}:${there} is not the mail server (`,
  );
});

test('a wrong password and a missing database are what PostgreSQL says they are', async () => {
  const at = `${hostname}:${port(servers.databaseUrl)}`;
  expect(await refused({ DATABASE_URL: `postgres://ge:wrong@${at}/ge` })).toBe(
    `DATABASE_URL: PostgreSQL at ${at} refuses: password authentication failed for user "ge".`,
  );
  expect(await refused({ DATABASE_URL: servers.databaseUrl.replace(/\/ge$/, '/nowhere') })).toBe(
    `DATABASE_URL: PostgreSQL at ${at} refuses: database "nowhere" does not exist.`,
  );
});

test('a wrong password and a missing one are what Redis says they are', async () => {
  const at = `${hostname}:${port(servers.redisUrl)}`;
  expect(await refused({ REDIS_URL: `redis://:wrong@${at}` })).toBe(
    `REDIS_URL: Redis at ${at} refuses: WRONGPASS invalid username-password pair or user is disabled.`,
  );
  expect(await refused({ REDIS_URL: `redis://${at}` })).toBe(
    `REDIS_URL: Redis at ${at} refuses: it wants a password: redis://:<password>@<host>:<port>.`,
  );
  expect(await refused({ REDIS_URL: servers.redisUrl.replace('redis:', 'redis-cluster:') })).toBe(
    `REDIS_URL: Redis at ${at} refuses: ERR This instance has cluster support disabled.`,
  );
});

test('a wrong password is what the mail server says it is', async () => {
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onAuth: (_auth, _session, done) => done(new Error('Invalid username or password')),
  });
  server.on('error', () => undefined);
  const there = await listening(server.server);
  expect(await refused({ SMTP_URL: `smtp://me:secret@${hostname}:${there}` })).toBe(
    `SMTP_URL: the mail server at ${hostname}:${there} refuses: the mail server did not accept the credentials.`,
  );
});
