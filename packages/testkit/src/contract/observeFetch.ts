import { observe } from './observe.ts';

/**
 * Makes every answer of the API that this process gets through `fetch` pass the document that is served beside it; one
 * that breaks the contract is thrown to whoever asked. For test files as a set-up file of vitest, for other processes
 * with `node --import`.
 */
const plainFetch = globalThis.fetch;

async function observedFetch(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const response = await plainFetch(input, init);
  await observe(init?.method ?? (input instanceof Request ? input.method : 'GET'), response.url, response);
  return response;
}

// A set-up file runs before every test file, also where several share a process.
if (plainFetch.name !== observedFetch.name) globalThis.fetch = observedFetch;
