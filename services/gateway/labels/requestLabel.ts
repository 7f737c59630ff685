import { routes } from '@ge/api';
import { judgeAnswers, purchaseKey } from '@ge/carriers';
import { buyLabel } from '@ge/contracts';
import { LabelPurchaseEntity, newId, outgoing, startOperation } from '@ge/database';
import {
  type Address,
  type CalendarDate,
  chooseOffer,
  requestLabel as decide,
  declareShipment,
  type KeptOffer,
  type LabelId,
  labelEnquiry,
} from '@ge/domain';
import { acceptedBody } from '../http/accepted.ts';
import { handleAfter } from '../http/handler.ts';
import { decided } from '../http/refused.ts';
import { lockOrderSeen, orderSeen } from '../orders/orderSeen.ts';
import { askAll } from '../quotes/askAll.ts';
import { namedOffer } from '../quotes/namedOffer.ts';
import { checkSameAddress, readShipment } from '../quotes/shipment.ts';
import { labelShown } from './labelShown.ts';

interface Asked extends Omit<KeptOffer, 'orderId'> {
  readonly shipTo: Address | null;
}

/** One intent, one message: it is bought by label-purchase, at most once (R17). */
export const requestLabel = handleAfter(
  routes.labels.requestLabel,
  async ({ surroundings, access, params, body, now }): Promise<Asked | null> => {
    if ('offerToken' in body) return null;
    const shipment = await surroundings.database.transaction(async (tx) =>
      readShipment(tx, await orderSeen(tx, access, params.orderId), body, now),
    );
    const { order, enquiry } = shipment;
    const answers = await askAll(surroundings, labelEnquiry(shipment, { orderId: order.id, ...body }), now);
    const offer = decided(chooseOffer(judgeAnswers(answers, body.format, now).judged, body.choose));
    const { parcelNo, parcel } = body;
    return { parcelNo, parcel, offer, shipDate: enquiry.shipDate as CalendarDate, shipTo: order.shipTo };
  },
  async ({ tx, access, params, body, now, locale }, asked) => {
    const order = await lockOrderSeen(tx, access, params.orderId);
    const chosen = 'offerToken' in body ? await namedOffer(tx, body.offerToken, order.id) : asked!;
    if (asked) checkSameAddress(order, asked.shipTo);
    const { parcelNo, parcel, offer } = chosen;
    const { format, itn } = body;
    const { facts, labels, suspended } = await readShipment(tx, order, chosen, now);
    const { shipDate } = chosen;
    const declaration = decided(declareShipment({ ...facts, shipDate, itn }, now));
    const id = newId<LabelId>('lbl');
    const label = decided(
      decide(
        {
          labelId: id,
          parcelNo,
          parcel,
          offer,
          quotedFor: { orderId: order.id, parcelNo },
          format,
          idempotencyKey: purchaseKey(offer.carrierId, id),
          priceTolerance: body.priceTolerance,
        },
        { order, labels, suspended },
        now,
      ),
    );
    await tx.insert(LabelPurchaseEntity, [{ ...label, declaration }]);
    const { sellerId } = order;
    const message = outgoing(buyLabel, { payload: { sellerId, labelId: id }, sellerId });
    const operationId = await startOperation(tx, { kind: buyLabel.name, sellerId, now }, [message]);
    return { status: 202, body: { ...acceptedBody(operationId, [], locale), label: labelShown(label, locale) } };
  },
);
