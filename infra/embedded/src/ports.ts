import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { takeLock } from './lock.ts';
import { SetupProblem } from './setup-problem.ts';

/** A port nobody listens on and no other fleet of this user has in mind. */
export interface ReservedPort {
  readonly port: number;
  release(): void;
}

const TRIES = 500;

/**
 * Reserves the first free TCP port from `preferred` upwards. Free means that nobody listens there and that no other
 * process of this user has reserved it: a fleet picks its ports seconds before its services listen on them.
 * The reservation ends with `release()` or with this process.
 */
export async function reservePort(preferred: number): Promise<ReservedPort> {
  const folder = join(tmpdir(), `ge-ports-${userInfo().uid}`);
  for (let port = preferred; port < preferred + TRIES && port < 65_536; port += 1) {
    const lock = takeLock(join(folder, String(port)));
    if (!lock.taken) continue;
    if (await isFree(port)) return { port, release: lock.release };
    lock.release();
  }
  throw new SetupProblem(`No free port from ${preferred} upwards`, 'Stop what listens there.');
}

/** Whether nobody listens on the port, neither on loopback nor on all addresses. */
export async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, undefined));
}

function canListen(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, ...(host ? { host } : {}), exclusive: true }, () => server.close(() => resolve(true)));
  });
}
