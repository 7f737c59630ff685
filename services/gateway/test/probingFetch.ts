import { routeCatalogue } from '@ge/api';

/** Kept under every API key of a test gateway, for a request that nobody makes. */
export const usedIdempotencyKey = 'used-for-another-request';

const patterns = routeCatalogue
  .filter(({ method }) => method !== 'GET')
  .map((route) => ({ route, pattern: new RegExp(`^${route.path.replace(/\{\w+\}/g, '([^/]+)')}$`, 'd') }))
  .sort((a, b) => a.route.path.split('{').length - b.route.path.split('{').length);

/**
 * A fetch that makes the first write of each route which succeeds twice more, with what must be refused however good the
 * rest is: an Idempotency-Key that was used for something else, and an id that does not exist. Both change nothing.
 */
export function probingFetch(): typeof fetch {
  const probed = new Set<string>();
  return async (input, init) => {
    const response = await fetch(input, init);
    const url = new URL(String(input));
    const known = patterns.find(({ route, pattern }) => route.method === init?.method && pattern.test(url.pathname));
    if (!response.ok || !known || probed.has(known.route.id) || init?.body instanceof ReadableStream) return response;
    probed.add(known.route.id);
    const { 'idempotency-key': _, ...headers } = (init?.headers ?? {}) as Record<string, string>;
    await expectStatus(422, url, { ...init, headers: { ...headers, 'idempotency-key': usedIdempotencyKey } });
    const last = known.pattern.exec(url.pathname)?.indices?.at(-1);
    if (known.route.params && last) {
      const path = `${url.pathname.slice(0, last[0])}nobody-knows-it${url.pathname.slice(last[1])}`;
      await expectStatus(404, new URL(path + url.search, url), { ...init, headers });
    }
    return response;
  };
}

async function expectStatus(status: number, url: URL, init: RequestInit | undefined): Promise<void> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (response.status !== status) throw new Error(`${init?.method} ${url.pathname}: ${response.status} ${text}`);
}
