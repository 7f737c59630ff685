import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFleetServers, SetupProblem } from '../src/index.ts';
import { testFolder } from './folder.ts';
import { toolsDir } from './tools.ts';
import { answers, hasEnded } from './wait.ts';

const env = { PATH: process.env.PATH };

test('one call opens all servers and one call closes them', async () => {
  const dataDir = join(testFolder(), 'fleet');
  const servers = await openFleetServers({ dataDir, toolsDir, durable: false, env });
  expect(servers.databaseUrl).toMatch(/^postgres:\/\/ge:[\w-]+@127\.0\.0\.1:\d+\/ge$/);
  expect(servers.redisUrl).toMatch(/^redis:\/\/:[\w-]+@127\.0\.0\.1:\d+$/);
  const ports = [servers.databaseUrl, servers.redisUrl, servers.smtpUrl].map((url) => Number(new URL(url).port));
  expect(await Promise.all(ports.map(answers))).toEqual([true, true, true]);
  const pids = [servers.postgres?.pid ?? 0, servers.redis?.pid ?? 0];
  await servers.close();
  await servers.close();
  // Their ports may belong to somebody else by now; what has ended listens on none.
  expect(pids.map(hasEnded)).toEqual([true, true]);
  expect(await answers(ports[2]!)).toBe(false);
});

test('two fleets run side by side on ports and data of their own', async () => {
  const folder = testFolder();
  const open = (name: string) =>
    openFleetServers({ dataDir: join(folder, name), toolsDir, only: ['postgres', 'redis'], durable: false, env });
  const fleets = await Promise.all([open('one'), open('two')]);
  expect(new Set(fleets.flatMap(({ databaseUrl, redisUrl }) => [databaseUrl, redisUrl])).size).toBe(4);
  await Promise.all(fleets.map((fleet) => fleet.close()));
});

test('a second fleet on the same folder is refused in one line and leaves the first alone', async () => {
  const dataDir = join(testFolder(), 'fleet');
  const first = await openFleetServers({ dataDir, toolsDir, only: ['redis'], env });
  await expect(openFleetServers({ dataDir, toolsDir, only: ['redis'], env })).rejects.toThrow(
    `Another fleet (process ${process.pid}) runs`,
  );
  expect(await answers(first.redis?.port ?? 0)).toBe(true);
  await first.close();
  const again = await openFleetServers({ dataDir, toolsDir, only: ['redis'], env });
  await again.close();
});

test('servers the environment names are used and left alone', async () => {
  const dataDir = join(testFolder(), 'fleet');
  const named = {
    DATABASE_URL: 'postgres://db.example/ge',
    REDIS_URL: 'redis://r.example',
    SMTP_URL: 'smtp://m.example',
  };
  const servers = await openFleetServers({ dataDir, toolsDir, env: { ...env, ...named } });
  expect(servers).toMatchObject({
    databaseUrl: named.DATABASE_URL,
    redisUrl: named.REDIS_URL,
    smtpUrl: named.SMTP_URL,
    mailDir: undefined,
  });
  expect(readdirSync(dataDir)).toEqual(['servers.lock']);
  await servers.close();
});

test('a server that is killed is started again at the same address and on the same data', async () => {
  const dataDir = join(testFolder(), 'fleet');
  const servers = await openFleetServers({ dataDir, toolsDir, only: ['postgres', 'redis'], durable: false, env });
  for (const server of [servers.postgres, servers.redis]) {
    const before = server?.pid;
    server?.signal('SIGKILL');
    await server?.ended();
    await server?.ready();
    expect(server?.pid).not.toBe(before);
    expect(await answers(server?.port ?? 0)).toBe(true);
  }
  await servers.close();
});

test('without any redis-server the refusal is one line that names the ways out, and nothing stays running', async () => {
  const folder = testFolder();
  const opening = openFleetServers({
    dataDir: join(folder, 'fleet'),
    // A file where the tools folder should be: nothing can be unpacked.
    toolsDir: join(process.execPath, 'nowhere'),
    durable: false,
    env: { PATH: '/nonexistent' },
  });
  const problem = await opening.catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(SetupProblem);
  expect(String(problem)).toMatch(/no redis-server .* REDIS_URL .* apt-get install redis-server/);
  const { pid } = readPostmaster(join(folder, 'fleet')) ?? { pid: 0 };
  expect(pid).toBe(0);
});

test('redis keeps every change in its append-only file and never evicts', async () => {
  const dataDir = join(testFolder(), 'fleet');
  const servers = await openFleetServers({ dataDir, toolsDir, only: ['redis'], env });
  const url = new URL(servers.redisUrl);
  const said = await talk(Number(url.port), [`AUTH ${url.password}`, 'INFO persistence', 'INFO memory', 'QUIT']);
  expect(said).toContain('aof_enabled:1');
  expect(said).toContain('maxmemory_policy:noeviction');
  expect(await talk(Number(url.port), ['PING', 'QUIT'])).toContain('NOAUTH');
  await servers.close();
});

test('a mail is accepted once it lies in the folder as a whole', async () => {
  const dataDir = join(testFolder(), 'fleet');
  const servers = await openFleetServers({ dataDir, toolsDir, only: ['mail'], env });
  const said = await talk(Number(new URL(servers.smtpUrl).port), [
    'HELO me',
    'MAIL FROM:<programme@example.com>',
    'RCPT TO:<seller=us@example.com>',
    'DATA',
    'Subject: welcome\r\n\r\nhello\r\n.',
    'QUIT',
  ]);
  expect(said).toContain('354');
  const mails = readdirSync(servers.mailDir ?? '');
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatch(/^\d{4}-\d\d-\d\dT.*-seller_us@example\.com\.eml$/);
  expect(readFileSync(join(servers.mailDir ?? '', mails[0] ?? ''), 'utf8')).toContain('hello');
  await servers.close();
});

function readPostmaster(dataDir: string): { pid: number } | undefined {
  try {
    return { pid: Number(readFileSync(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]) };
  } catch {
    return undefined;
  }
}

/** Says line after line, each after an answer to the one before, and returns all that was answered. */
function talk(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let said = '';
    const left = [...lines];
    const next = () => {
      const line = left.shift();
      if (line !== undefined) socket.write(`${line}\r\n`);
    };
    // A mail server speaks first, Redis does not.
    if (!lines.includes('DATA')) socket.once('connect', next);
    socket.on('data', (chunk) => {
      said += chunk.toString();
      next();
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(said));
  });
}
