import { routes } from '@ge/api';
import { judgeAnswers } from '@ge/carriers';
import { newId, QuoteEntity } from '@ge/database';
import {
  type CalendarDate,
  deliveryPromise,
  filingProof,
  labelEnquiry,
  type Order,
  offerTokenOf,
  type QuoteId,
  type ShippingOffer,
} from '@ge/domain';
import { findingsOf } from '../http/accepted.ts';
import { handleAfter } from '../http/handler.ts';
import { lockOrderSeen, orderSeen } from '../orders/orderSeen.ts';
import { askAll } from './askAll.ts';
import { checkSameAddress, readShipment } from './shipment.ts';

/** Offers that can be bought are kept, so that a purchase can name one and no price comes from the caller. */
export const createQuote = handleAfter(
  routes.quotes.createQuote,
  async ({ surroundings, access, params, body, now }) => {
    const shipment = await surroundings.database.transaction(async (tx) =>
      readShipment(tx, await orderSeen(tx, access, params.orderId), body, now),
    );
    const asked = labelEnquiry(shipment, { orderId: shipment.order.id, ...body });
    return { shipment, answers: await askAll(surroundings, asked, now) };
  },
  async ({ tx, access, params, body, now, locale }, { shipment, answers }) => {
    const { customs, enquiry } = shipment;
    const order = await lockOrderSeen(tx, access, params.orderId);
    checkSameAddress(order, shipment.order.shipTo);
    const { judged, refused } = judgeAnswers(answers, body.format, now);
    const id = newId<QuoteId>('quo');
    const { parcelNo, parcel } = body;
    const { shipDate } = enquiry;
    const offers = judged.eligible.map((offer) => ({ ...offer, validUntil: offer.validUntil.toISOString() }));
    const row = { id, orderId: order.id, sellerId: order.sellerId, parcelNo, parcel, shipDate, offers, createdAt: now };
    await tx.insert(QuoteEntity, [row]);
    const proof = filingProof(customs.filing, body.itn);
    return {
      status: 201,
      body: {
        quoteId: id,
        orderId: order.id,
        parcelNo,
        shipDate,
        offers: judged.eligible.map((offer, place) => ({
          ...offer,
          ...promiseShown(order, offer),
          offerToken: offerTokenOf(id, place),
        })),
        refused: refused.map((service) => ({ ...service, reasons: findingsOf(service.reasons, locale) })),
        exportFiling: {
          itnRequired: customs.filing.itnRequired,
          proof: proof.ok ? proof.value : null,
          problems: proof.ok ? [] : findingsOf(proof.refusals, locale),
        },
      },
    };
  },
);

/** What the buyer is promised of an offer, by the versions of the day the order was placed (R22). */
function promiseShown({ destination, createdAt }: Order, { latestDelivery }: Pick<ShippingOffer, 'latestDelivery'>) {
  const promise = deliveryPromise(destination, latestDelivery as CalendarDate, createdAt);
  return { promisedDelivery: promise.deliverBy, identityCheckDays: promise.identityCheckDays };
}
