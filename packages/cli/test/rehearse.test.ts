import { expect, test, vi } from 'vitest';
import { runCommand } from '../src/program.ts';

test.each([
  [['--through', 'sideways'], '--through takes one of orders, batches, both, not sideways.'],
  [['--through', 'orders,batches'], '--through takes one of orders, batches, both, not orders,batches.'],
  [['--carriers', 'express,dhl'], '--carriers takes some of express, parcel, easypost, not express,dhl.'],
  [['--carriers', ''], '--carriers takes some of express, parcel, easypost, not nothing.'],
])('a mistake is answered in a line and exit code 2, before anything is started: %j', async (words, said) => {
  const err = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const before = process.exitCode;
  try {
    await runCommand(['rehearse', 'labels', ...words]);
    expect(err.mock.calls).toEqual([[`ge: ${said}`]]);
    expect(process.exitCode).toBe(2);
  } finally {
    process.exitCode = before;
    err.mockRestore();
  }
});
