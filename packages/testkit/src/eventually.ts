import { setTimeout as wait } from 'node:timers/promises';

/**
 * Looks again, `everyMs` after the look before, until `condition` returns something other than false, null or undefined.
 * @throws Error after `withinMs`
 */
export async function eventually<T>(
  what: string,
  condition: () => Promise<T> | T,
  withinMs = 90_000,
  everyMs = 20,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await condition();
    if (value !== false && value !== null && value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`${what}: not so within ${withinMs} ms`);
    await wait(everyMs);
  }
}
