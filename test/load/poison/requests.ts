import { routes } from '@ge/api';
import type { FleetUnderLoad } from '../fleet/fleetUnderLoad.ts';

const body = (characters: number) => Buffer.from(`{"items":[{"sku":"${'x'.repeat(characters)}`);
// Made once: a generator that is busy making them again and again measures itself.
const bodies = { 'malformed request': body(0), 'oversized request': body(8_000_000) } as const;

/**
 * Sends what no client would. Resolves with what the gateway said, `refused` where it refused it: by its answer, or by hanging
 * up before it had read everything.
 */
export async function poisonedRequest(
  { url, apiKey }: FleetUnderLoad['gateway'],
  sellerId: string,
  kind: keyof typeof bodies,
): Promise<{ readonly refused: boolean; readonly said: string }> {
  const { method, path } = routes.skus.assignSkus;
  try {
    const answer = await fetch(`${url}${path.replace('{sellerId}', sellerId)}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
        // One that was kept alive may be closed just when this is sent: no answer of the gateway's to what it is sent.
        connection: 'close',
      },
      body: bodies[kind],
      signal: AbortSignal.timeout(30_000),
    });
    const { code } = (await answer.json().catch(() => ({}))) as { readonly code?: string };
    return { refused: answer.status >= 400 && answer.status < 500, said: `${answer.status} ${code ?? ''}`.trim() };
  } catch (error) {
    const { code, name } = ((error as Error).cause ?? error) as { readonly code?: string; readonly name: string };
    const hungUp = code === 'EPIPE' || code === 'ECONNRESET' || code === 'UND_ERR_SOCKET';
    return { refused: hungUp && kind === 'oversized request', said: hungUp ? 'hung up' : (code ?? name) };
  }
}
