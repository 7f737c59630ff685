import { routes } from '@ge/api';
import { assignSkus as contract } from '@ge/contracts';
import {
  drawCommandNo,
  EnrollmentEntity,
  namedTemplatesOf,
  outgoing,
  SkuEntity,
  startOperation,
  type Transaction,
} from '@ge/database';
import {
  type AssignmentItem,
  awaitsGlobalExpress,
  checkEditLimit,
  removeFromExport as decideRemoval,
  indexTemplates,
  namedSkus,
  removalTarget,
  type SellerId,
} from '@ge/domain';
import { acceptedBody } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { decided } from '../http/refused.ts';
import { lockSeller } from '../sellers/lockSeller.ts';

export const assignSkus = handle(routes.skus.assignSkus, async ({ tx, params, body, now, locale }) => {
  const items = decided(checkEditLimit(body.items));
  const { id: sellerId } = await lockSeller(tx, params.sellerId);
  const commandNo = await drawCommandNo(tx, sellerId);
  return { status: 202, body: acceptedBody(await accept(tx, { sellerId, commandNo, items, now }), [], locale) };
});

/** The places are decided now, by the templates and SKUs as they stand; carried out like any direct change. */
export const removeFromExport = handle(routes.skus.removeFromExport, async ({ tx, params, body, now, locale }) => {
  const codes = decided(checkEditLimit(body.skus, '/skus'));
  const { id: sellerId } = await lockSeller(tx, params.sellerId);
  const commandNo = await drawCommandNo(tx, sellerId);
  const { templates, aliases } = await namedTemplatesOf(tx, [sellerId]);
  const [enrollment = null] = await tx.find(EnrollmentEntity, [sellerId]);
  const places = templates.map((template) => ({ ...template, enabling: awaitsGlobalExpress(template, enrollment) }));
  const index = indexTemplates(places, aliases);
  const rows = await tx.find(
    SkuEntity,
    namedSkus(codes.map((sku) => ({ sku }))).map((sku) => [sellerId, sku] as const),
  );
  const skus = new Map(rows.map((row) => [row.sku as string, row]));
  const { results } = decided(decideRemoval(codes, body.target, skus, index, commandNo));
  const target = decided(removalTarget(body.target, index));
  const items = results.map(({ sku, templateId }) => ({ sku, template: { id: templateId ?? target.id } }));
  return { status: 202, body: acceptedBody(await accept(tx, { sellerId, commandNo, items, now }), [], locale) };
});

interface DirectChangeCommand {
  readonly sellerId: SellerId;
  readonly commandNo: number;
  readonly items: readonly AssignmentItem[];
  readonly now: Date;
}

function accept(tx: Transaction, { sellerId, commandNo, items, now }: DirectChangeCommand) {
  const payload = { sellerId, commandNo, items: [...items] };
  return startOperation(tx, { kind: contract.name, sellerId, now }, [
    outgoing(contract, { payload, sellerId, commandNo }),
  ]);
}
