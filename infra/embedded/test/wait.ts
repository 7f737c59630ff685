import { connect } from 'node:net';
import { startedAt } from '../src/index.ts';

/** Waits until something holds, asking every few milliseconds; the test's own time limit is the deadline. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}

export const hasEnded = (pid: number) => startedAt(pid) === undefined;

/** Whether somebody listens on the loopback port. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
