import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { discardFolder, keepFolder } from './guard.ts';
import { runProgram } from './run-program.ts';
import { SetupProblem } from './setup-problem.ts';
import { pidIn, stopStale } from './stale-server.ts';
import { canReach, serverUser, type UnixUser } from './unix-user.ts';

/** Owner and only database of a local cluster. */
export const DATABASE_USER = 'ge';
export const DATABASE_NAME = 'ge';

export interface PostgresCluster {
  /** PostgreSQL's data directory. */
  readonly data: string;
  readonly password: string;
  readonly runAs: UnixUser | undefined;
}

/** Whom the cluster in `folder` belongs to: the owner of its files if it exists, so that a later run agrees. */
export function clusterUser(folder: string): UnixUser | undefined {
  const data = join(folder, 'data');
  if (process.getuid?.() !== 0 || !existsSync(data)) return serverUser();
  const { uid, gid } = statSync(data);
  return uid === 0 ? serverUser() : { uid, gid };
}

/**
 * The cluster in `folder`, made if there is none. It appears at its place only when complete, so an interrupted first
 * run leaves nothing half-made.
 * @param durable false skips flushing to disk, for clusters that live as long as a test run
 */
export async function openCluster(
  folder: string,
  binaries: string,
  runAs: UnixUser | undefined,
  durable: boolean,
): Promise<PostgresCluster> {
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  mkdirSync(folder, { recursive: true });
  if (runAs) chmodSync(folder, 0o711);
  if (!canReach(runAs, folder)) {
    throw new SetupProblem(
      `The PostgreSQL user ${runAs?.uid ?? ''} cannot reach ${folder}`,
      'Move the project to where every user may pass, or set DATABASE_URL.',
    );
  }
  if (!existsSync(join(data, 'PG_VERSION'))) await makeCluster(folder, binaries, runAs, durable);
  return { data, password: readFileSync(passwordFile, 'utf8').trim(), runAs };
}

async function makeCluster(
  folder: string,
  binaries: string,
  runAs: UnixUser | undefined,
  durable: boolean,
): Promise<void> {
  const draft = join(folder, 'draft');
  const passwordFile = join(folder, 'password');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  discardFolder(draft);
  try {
    const password = randomBytes(18).toString('base64url');
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (runAs) for (const path of [draft, passwordFile]) chownSync(path, runAs.uid, runAs.gid);
    const initdb = ['-D', draft, '-U', DATABASE_USER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    // The built-in C.UTF-8 sorts alike on every machine, whatever locales it has.
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const quick = durable ? [] : ['--no-sync'];
    await run(join(binaries, 'bin', 'initdb'), [...initdb, ...locale, ...quick, '--no-instructions'], '', runAs);
    const sql = `CREATE DATABASE ${DATABASE_NAME};\n`;
    await run(join(binaries, 'bin', 'postgres'), ['--single', '-D', draft, '-F', 'postgres'], sql, runAs);
    rmSync(join(folder, 'data'), { recursive: true, force: true });
    renameSync(draft, join(folder, 'data'));
  } finally {
    rmSync(draft, { recursive: true, force: true });
    keepFolder(draft);
  }
}

async function run(program: string, args: string[], input: string, runAs: UnixUser | undefined): Promise<void> {
  try {
    await runProgram(program, args, { env: { ...process.env, LC_ALL: 'C' }, input, runAs });
  } catch (error) {
    const { message } = error as Error;
    throw new SetupProblem(`PostgreSQL could not be set up: ${message}`, 'Free the disk or set DATABASE_URL.');
  }
}

/** Stops a postmaster that a killed run left behind on this data directory. */
export async function stopStalePostmaster(data: string): Promise<void> {
  const pidFile = join(data, 'postmaster.pid');
  const pid = pidIn(pidFile);
  if (pid === undefined) return;
  // A number that now belongs to another process would make PostgreSQL refuse to start.
  if (!(await stopStale(pid, data, 'SIGINT'))) rmSync(pidFile, { force: true });
}
