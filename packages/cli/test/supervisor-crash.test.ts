import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startedAt } from '@ge/embedded';
import { expect, onTestFinished, test } from 'vitest';

test('when the supervisor is killed its services end', async () => {
  const program = fileURLToPath(new URL('./supervisor-program.ts', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let pids: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    pids = JSON.parse(line) as number[];
    break;
  }
  expect(pids.map((pid) => startedAt(pid) !== undefined)).toEqual([true, true]);
  child.kill('SIGKILL');
  while (pids.some((pid) => startedAt(pid) !== undefined)) await new Promise((resolve) => setTimeout(resolve, 10));
});
