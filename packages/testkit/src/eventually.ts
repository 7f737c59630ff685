import { setTimeout as wait } from 'node:timers/promises';

/** Looks again until `condition` returns something other than false, null or undefined. Throws what it last saw after `withinMs`. */
export async function eventually<T>(
  what: string,
  condition: () => Promise<T> | T,
  withinMs = 30_000,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await condition();
    if (value !== false && value !== null && value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`${what}: not so within ${withinMs} ms`);
    await wait(20);
  }
}
