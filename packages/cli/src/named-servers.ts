import { connect } from 'node:net';
import { UserMistake } from './mistake.ts';

const servers = [
  { variable: 'DATABASE_URL', what: 'PostgreSQL', schemes: ['postgres:', 'postgresql:'], port: 5432 },
  { variable: 'REDIS_URL', what: 'Redis', schemes: ['redis:', 'rediss:'], port: 6379 },
  { variable: 'SMTP_URL', what: 'the mail server', schemes: ['smtp:', 'smtps:'], port: 25 },
] as const;

/** Whether the servers named by the environment are named rightly and answer. @throws UserMistake, one line, for the first that does not */
export async function checkNamedServers(env: NodeJS.ProcessEnv): Promise<void> {
  for (const { variable, what, schemes, port } of servers) {
    const value = env[variable];
    if (!value) continue;
    const url = URL.canParse(value) ? new URL(value) : null;
    if (!url?.hostname || !schemes.some((scheme) => scheme === url.protocol)) {
      throw new UserMistake(
        `${variable} is no address of ${what}: it begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}.`,
      );
    }
    if (variable === 'DATABASE_URL' && url.pathname.length < 2) {
      throw new UserMistake('DATABASE_URL names no database: it ends with /<database>.');
    }
    const at = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || port };
    if (!(await answers(at)))
      throw new UserMistake(`Nothing answers at ${at.host}:${at.port}, where ${variable} says that ${what} is.`);
  }
}

const answers = (at: { host: string; port: number }): Promise<boolean> =>
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
