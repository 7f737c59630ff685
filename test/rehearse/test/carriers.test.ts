import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { BookedCall, BookedCharge } from '../carrierBook.ts';
import { byLabel } from '../carriers.ts';

const charge = (carrier: BookedCharge['carrier'], shipmentId: string, reference: string): BookedCharge => ({
  ...{ carrier, shipmentId, reference },
  trackingId: 't',
  chargedMinor: 1,
  currency: 'USD',
  voidedAt: null,
  refundedMinor: 0,
});
const buy = (carrier: BookedCall['carrier'], reference: string, body: string): BookedCall => ({
  at: '2026-01-01T00:00:00Z',
  operation: 'buy',
  idempotencyKey: null,
  bodyHash: createHash('sha256').update(body).digest('hex'),
  fault: null,
  ...{ carrier, reference },
});

test('two labels of one order at EasyPost are told apart by the shipment and the rate that were sold', () => {
  const labels = [
    { id: 'lbl_1', offerToken: 'shp_1.rate_1.hash' },
    { id: 'lbl_2', offerToken: 'shp_2.rate_2.hash' },
    { id: 'lbl_3', offerToken: 'opaque' },
  ];
  const charges = [
    charge('easypost', 'shp_1', 'order/1'),
    charge('easypost', 'shp_2', 'order/1'),
    charge('easypost', 'shp_9', 'order/1'),
    charge('express', 'x', 'lbl_3'),
  ];
  const calls = [
    buy('easypost', 'order/1', '{"rate":{"id":"rate_1"}}'),
    buy('easypost', 'order/1', '{"rate":{"id":"rate_2"}}'),
    buy('express', 'lbl_3', '{}'),
  ];
  const named = byLabel(labels, { charges, calls });
  expect(named.charges.map(({ reference }) => reference)).toEqual(['lbl_1', 'lbl_2', 'shp_9', 'lbl_3']);
  expect(named.calls.map(({ reference }) => reference)).toEqual(['lbl_1', 'lbl_2', 'lbl_3']);
});
