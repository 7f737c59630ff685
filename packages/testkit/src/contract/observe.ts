import { appendFileSync } from 'node:fs';
import type { ApiContract, OpenApiDocument } from './apiContract.ts';

const plainFetch = globalThis.fetch;
const contractByOrigin = new Map<string, Promise<ApiContract>>();
/** Compiled once for all servers that serve the same. */
const contractByText = new Map<string, Promise<ApiContract>>();
const written = new Set<string>();

/**
 * Holds an answer of the API against the document that is served beside it; answers of other servers are let pass. What
 * occurred is appended to the file that `GE_CONTRACT_LOG` names: at the end of a whole test run everything that is
 * documented must stand there. Throws ContractBroken.
 */
export async function observe(method: string, url: string, response: Response): Promise<void> {
  if (response.headers.get('link') !== '</openapi.json>; rel="service-desc"') return;
  const { origin, pathname } = new URL(url);
  const { status } = response;
  const mediaType = response.headers.get('content-type')?.split(';', 1)[0] ?? null;
  const contract = await contractOf(origin);
  try {
    const json = async (): Promise<unknown> => response.clone().json();
    for (const occurred of await contract.judge({ method, path: pathname, status, mediaType, json })) record(occurred);
  } catch (error) {
    // Whoever only waits until a call succeeds would not notice.
    record(['broken', status, (error as Error).message]);
    throw error;
  }
}

function contractOf(origin: string): Promise<ApiContract> {
  return once(contractByOrigin, origin, async () => {
    const text = await (await plainFetch(`${origin}/openapi.json`)).text();
    return once(contractByText, text, async () => {
      const { ApiContract } = await import('./apiContract.ts');
      return new ApiContract(JSON.parse(text) as OpenApiDocument);
    });
  });
}

function once<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}

function record(occurred: readonly unknown[]): void {
  const file = process.env.GE_CONTRACT_LOG;
  const line = JSON.stringify(occurred);
  if (file === undefined || written.has(line)) return;
  written.add(line);
  appendFileSync(file, `${line}\n`);
}
