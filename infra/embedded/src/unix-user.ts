import { spawnSync } from 'node:child_process';

/** Numeric user and group a child process runs as. */
export interface UnixUser {
  readonly uid: number;
  readonly gid: number;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Whom PostgreSQL runs as: it refuses root. `undefined` means ourselves. For root: the machine's own `postgres` user
 * if it has one, else `nobody`; no user is added to the machine.
 */
export function serverUser(): UnixUser | undefined {
  if (!isRoot()) return undefined;
  return lookUp('postgres') ?? lookUp('nobody') ?? { uid: 65_534, gid: 65_534 };
}

function lookUp(name: string): UnixUser | undefined {
  const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
  const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
  if (uid.status !== 0 || gid.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** Whether `user` can step into the folder: tried as that user, so that modes, lists and mounts all count. */
export function canReach(user: UnixUser | undefined, folder: string): boolean {
  const tried = spawnSync('/bin/sh', ['-c', '[ -d "$1" ] && [ -x "$1" ]', 'sh', folder], {
    cwd: '/',
    stdio: 'ignore',
    ...user,
  });
  return tried.status === 0;
}

/** Whether `user` can run the program: tried with `--version`. */
export function canRun(user: UnixUser | undefined, program: string, env: NodeJS.ProcessEnv = process.env): boolean {
  return spawnSync(program, ['--version'], { cwd: '/', stdio: 'ignore', env, ...user }).status === 0;
}
