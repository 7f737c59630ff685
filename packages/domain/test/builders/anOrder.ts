import {
  type Address,
  checkOrder,
  createOrder,
  type Order,
  type OrderContext,
  type OrderId,
  type OrderLine,
  type OrderLineRequest,
  type OrderRequest,
  type ShippingTemplate,
  type Sku,
  type SkuCode,
} from '../../src/index.ts';
import { country } from '../region/country.ts';
import { aSeller } from './aSeller.ts';
import { aSku, skusByCode } from './aSku.ts';
import { anEnabledTemplate } from './aTemplate.ts';
import { aMoment } from './moments.ts';
import { granted } from './refused.ts';

export const orderId = '111-1234567-7654321' as OrderId;

/** A buyer's address abroad. */
export const aBuyerAddress = (change: Partial<Address> = {}): Address => ({
  name: 'Camille Moreau',
  line1: '12 Rue de la Paix',
  city: 'Paris',
  postalCode: '75002',
  country: 'FR',
  ...change,
});

export const aLineRequest = (change: Partial<OrderLineRequest> = {}): OrderLineRequest => ({
  lineId: 'L1',
  sku: 'SHIRT-1' as SkuCode,
  quantity: 2,
  unitPrice: { minor: 19_99, currency: 'USD' },
  ...change,
});

/** A GE order to France for two T-shirts, three business days of handling. */
export const anOrderRequest = (change: Partial<OrderRequest> = {}): OrderRequest => ({
  id: orderId,
  isGlobalExpress: true,
  destination: country('FR'),
  shipTo: aBuyerAddress(),
  lines: [aLineRequest()],
  importFeeDeposit: { minor: 8_00, currency: 'USD' },
  handlingDays: 3,
  ...change,
});

/** A seller with one GE-enabled template and one SKU on it, nothing excluded, nothing suspended. */
export const anOrderContext = (
  change: Partial<OrderContext> & {
    readonly ofTemplates?: readonly ShippingTemplate[];
    readonly ofSkus?: readonly Sku[];
  } = {},
): OrderContext => {
  const { ofTemplates = [anEnabledTemplate()], ofSkus = [aSku()], ...over } = change;
  return {
    seller: aSeller(),
    skus: skusByCode(...ofSkus),
    templates: new Map(ofTemplates.map((template) => [template.id, template])),
    setting: null,
    suspensions: { active: [], version: 0 },
    now: aMoment,
    ...over,
  };
};

/** A pending GE order, decided by the rules themselves. */
export const anOrder = (change: Partial<Order> = {}): Order => ({
  ...granted(createOrder(anOrderRequest(), anOrderContext())),
  ...change,
});

/** A pending order within the United States. */
export const aDomesticOrder = (change: Partial<Order> = {}): Order => ({
  ...granted(
    createOrder(
      anOrderRequest({
        isGlobalExpress: false,
        destination: 'US' as OrderRequest['destination'],
        importFeeDeposit: null,
        lines: [aLineRequest(), aLineRequest({ lineId: 'L2', quantity: 1 })],
      }),
      anOrderContext(),
    ),
  ),
  ...change,
});

/** What checkout would be told of each line. */
export const checkedLines = (context: OrderContext, change: Partial<OrderRequest> = {}): readonly OrderLine[] =>
  granted(checkOrder(anOrderRequest(change), context)).lines;

export const reasonsOf = (line: OrderLine | undefined): readonly string[] =>
  (line?.refusals ?? []).map(({ code }) => code);
