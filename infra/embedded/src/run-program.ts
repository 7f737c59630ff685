import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { forgetProcess, isEnding, watchProcess } from './guard.ts';
import type { UnixUser } from './unix-user.ts';

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What it reads on its standard input, which ends then. */
  readonly input?: string;
  readonly runAs?: UnixUser | undefined;
}

/**
 * Runs a program to its end. It and all it starts have a process group of their own, which ends with this program: one
 * that goes on writing would put half-made files where the guard has just cleared up.
 * @returns what it wrote to its standard output
 * @throws Error with the last line it wrote, when it does not end with 0, cannot be started, or everything is being ended
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<string> {
  // What is tried again because the guard has just ended it would write where the guard is clearing up.
  if (isEnding()) throw new Error('everything is being ended');
  const { cwd = '/', env = process.env, input = '', runAs } = options;
  const child = spawn(program, args, { cwd, env, detached: true, ...runAs });
  const group = child.pid === undefined ? undefined : -child.pid;
  if (group !== undefined) watchProcess(group, 'SIGTERM');
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    if (code === 0) return output;
    throw new Error(lastLine(errors) ?? lastLine(output) ?? `it ended with ${signal ?? code}`);
  } finally {
    if (group !== undefined) forgetProcess(group);
  }
}

const lastLine = (text: string): string | undefined => text.trim().split('\n').at(-1) || undefined;
