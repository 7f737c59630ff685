import { createClient, routes } from '@ge/api';
import type { OperationId, SellerId, SkuCode } from '@ge/domain';

export interface Move {
  readonly sellerId: SellerId;
  readonly skus: readonly SkuCode[];
  /** Name of the template, as the seller sees it. */
  readonly template: string;
}

/**
 * The first way: over the HTTP API. Once the 202 is here the change will be made, whatever happens. The same
 * `idempotencyKey` may be sent again after a lost answer: it is the same command.
 */
export async function moveOverHttp(
  { baseUrl, apiKey }: { readonly baseUrl: string; readonly apiKey: string },
  { sellerId, skus, template }: Move,
  idempotencyKey: string,
): Promise<OperationId> {
  const client = createClient({ baseUrl, apiKey });
  const items = skus.map((sku) => ({ sku, template: { name: template } }));
  const accepted = await client.call(routes.skus.assignSkus, { params: { sellerId }, body: { items }, idempotencyKey });
  return accepted.operationId;
}
