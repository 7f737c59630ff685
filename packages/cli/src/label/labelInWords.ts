import type { AnswerOf, routes } from '@ge/api';
import { formatMoney } from '@ge/domain';
import { ago } from '../moments.ts';

export type Label = AnswerOf<typeof routes.labels.getLabel>;

/** How it stands, in a few lines. */
export function labelInWords(label: Label): string[] {
  const { id, state, parcelNo, orderId, sellerId, carrierId, serviceId, format, isProtected, problem } = label;
  return [
    `label ${id}: ${state}`,
    `  parcel ${parcelNo} of order ${orderId}, seller ${sellerId}, asked for ${ago(label.createdAt)}`,
    `  ${carrierId} ${serviceId}, ${format}${isProtected ? ', protected' : ''}`,
    `  ${priceInWords(label)}`,
    ...(label.trackingId ? [`  tracking id ${label.trackingId}`] : []),
    ...(problem ? [`  ${problem.code}: ${problem.message}`, `    ${problem.remedy}`] : []),
  ];
}

function priceInWords({ charge, quoted, requoted }: Label): string {
  const agreed = `agreed ${formatMoney(quoted)}${requoted ? `, quoted again at ${formatMoney(requoted)}` : ''}`;
  return charge ? `charged ${formatMoney(charge)} (${agreed})` : agreed;
}

export const labelHeads = ['label', 'order', 'parcel', 'seller', 'state', 'carrier', 'price', 'tracking id', 'reason'];

export const labelRow = (label: Label): string[] => [
  label.id,
  label.orderId,
  String(label.parcelNo),
  label.sellerId,
  label.state,
  label.carrierId,
  formatMoney(label.charge ?? label.requoted ?? label.quoted),
  label.trackingId ?? '',
  label.reason ?? '',
];
