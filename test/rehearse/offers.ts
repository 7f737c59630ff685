import { routes } from '@ge/api';
import type { OrderId } from '@ge/domain';
import { format, packed } from '@ge/testkit';
import { carrierIdOf } from './carriers.ts';
import type { CarrierName } from './faultScript.ts';
import type { StageFleet } from './stage.ts';
import { patiently } from './standing.ts';

/** The one parcel of an order, as quotes and purchases name it. */
export const wholeOrder = { parcelNo: 1, parcel: packed, format } as const;

/** The token of an offer for an order: of this carrier, or of another one where it is silent. */
export const offerFor = (
  { client }: Pick<StageFleet, 'client'>,
  orderId: OrderId,
  carrier: CarrierName,
): Promise<string> =>
  patiently(async () => {
    const { offers } = await client.call(routes.quotes.createQuote, { params: { orderId }, body: wholeOrder });
    const offer = offers.find(({ carrierId }) => carrierId === carrierIdOf[carrier]) ?? offers[0];
    if (!offer) throw new Error('no carrier made an offer');
    return offer.offerToken;
  });
