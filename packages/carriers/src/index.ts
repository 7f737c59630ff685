export type { EasypostTerms } from './easypost/mapper.ts';
export type { CarrierConnection } from './http/exchange.ts';
export type { CallOptions, Carrier, CarrierProfile } from './port/carrier.ts';
export type * from './port/gate.ts';
export type * from './port/offer.ts';
export type * from './port/outcome.ts';
export { purchaseKey } from './port/prepare.ts';
export type * from './port/shipment.ts';
export type { CarrierScan, Delivery } from './port/webhook.ts';
export {
  askCarriers,
  type CarrierAnswers,
  judgeAnswers,
  type RefusedService,
} from './quotes/askCarriers.ts';
export {
  type CarrierId,
  type CarrierRegistry,
  type CarrierSettings,
  carrierIds,
  createCarrierRegistry,
  simulatorCarriers,
} from './registry.ts';
export { type CarrierConfig, carrierSettings, carrierVariables, webhookVariables } from './settings.ts';
export { dhlCheckDigit, s10CheckDigit, ups1zCheckDigit } from './tracking/checkDigits.ts';
export { type TrackingNumberKind, trackingNumberKind } from './tracking/trackingNumber.ts';
export { type OpenedDelivery, openWebhook, type WebhookKeys } from './webhook/openWebhook.ts';
