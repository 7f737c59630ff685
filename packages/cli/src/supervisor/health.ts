const POLL_MS = 50;
const ANSWER_MS = 2_000;

/** One question to a service's /ready. Never throws. */
export async function askReady(healthUrl: string): Promise<'ready' | 'not ready' | 'no answer'> {
  try {
    const response = await fetch(`${healthUrl}/ready`, { signal: AbortSignal.timeout(ANSWER_MS) });
    await response.arrayBuffer();
    return response.ok ? 'ready' : 'not ready';
  } catch {
    return 'no answer';
  }
}

/** Asks until it says ready; false when no longer `wanted` or at the deadline (a time in ms since the epoch). */
export async function pollReady(healthUrl: string, wanted: () => boolean, deadline: number): Promise<boolean> {
  while (wanted() && Date.now() < deadline) {
    if ((await askReady(healthUrl)) === 'ready') return true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return false;
}
