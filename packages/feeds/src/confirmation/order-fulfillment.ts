import type { MessageFormat } from '../xml/message-format.ts';
import { type ConfirmationFieldNames, confirmationRecord } from './confirmation-record.ts';

const names: ConfirmationFieldNames = {
  orderId: 'AmazonOrderID',
  orderItemId: 'AmazonOrderItemCode',
  quantity: 'Quantity',
  shipDate: 'FulfillmentDate',
  carrierCode: 'CarrierCode',
  carrierName: 'CarrierName',
  trackingNumber: 'ShipperTrackingNumber',
  shipMethod: 'ShippingMethod',
  shipFromSupplySourceId: 'ShipFromSupplySourceId',
};

/** Shipping confirmation as XML: one message per order, with the items it names. */
export const orderFulfillment: MessageFormat = {
  format: 'shipping-confirmation-xml',
  messageType: 'OrderFulfillment',
  fields: [
    'AmazonOrderID',
    'FulfillmentDate',
    'ShipFromSupplySourceId',
    'FulfillmentData/CarrierCode',
    'FulfillmentData/CarrierName',
    'FulfillmentData/ShippingMethod',
    'FulfillmentData/ShipperTrackingNumber',
  ],
  group: { name: 'Item', fields: ['AmazonOrderItemCode', 'Quantity'] },
  record: (recordNo, messageId, { fields, groups, problems }) => {
    const confirmation = {
      orderId: fields.AmazonOrderID ?? '',
      items: groups.map((item) => ({
        orderItemId: item.AmazonOrderItemCode ?? '',
        quantity: item.Quantity ?? '',
      })),
      shipDate: fields.FulfillmentDate ?? '',
      carrierCode: fields['FulfillmentData/CarrierCode'] ?? '',
      carrierName: fields['FulfillmentData/CarrierName'] ?? '',
      trackingNumber: fields['FulfillmentData/ShipperTrackingNumber'] ?? '',
      shipMethod: fields['FulfillmentData/ShippingMethod'] ?? '',
      shipFromSupplySourceId: fields.ShipFromSupplySourceId ?? '',
    };
    return confirmationRecord(recordNo, messageId, confirmation, names, problems);
  },
};
