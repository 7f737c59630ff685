import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** What a program that owns a fleet's servers told about itself. */
export interface Owner {
  readonly child: ChildProcess;
  readonly dataDir: string;
  readonly postgres: { readonly pid: number; readonly port: number };
  readonly redis: { readonly pid: number; readonly port: number };
}

/** Starts a separate program that opens a fleet's servers below `state` and then does nothing. */
export async function startOwner(state: string, toolsDir: string, ...args: string[]): Promise<Owner> {
  const program = fileURLToPath(new URL('./owner-program.ts', import.meta.url));
  const child = spawn(process.execPath, [program, state, toolsDir, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, ...(JSON.parse(line) as Omit<Owner, 'child'>) };
  }
  throw new Error('The program ended before its servers were up');
}
