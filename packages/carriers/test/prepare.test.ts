import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carrierIds, createCarrierRegistry, purchaseKey, simulatorCarriers } from '../src/index.ts';
import { intent } from './carrierFixture.ts';

const connection = { baseUrl: 'http://127.0.0.1:1', apiKey: 'key' };
const registry = createCarrierRegistry([...simulatorCarriers(connection), { id: 'easypost', ...connection }]);
const intentIds = fc.stringMatching(/^[A-Za-z0-9_-]{1,35}$/);

describe.each(carrierIds)('preparing a purchase at %s', (id) => {
  const carrier = registry.carrierById(id)!;

  it('gives the same key and the same bytes for the same intent', () => {
    fc.assert(
      fc.property(intentIds, (intentId) => {
        const once = carrier.prepare({ ...intent, intentId });
        expect(carrier.prepare(structuredClone({ ...intent, intentId }))).toEqual(once);
        expect(once).toMatchObject({ reference: intentId, idempotencyKey: purchaseKey(id, intentId) });
      }),
    );
  });

  it('keeps the key when anything but the intent changes, and shows the change in the hash', () => {
    const before = carrier.prepare(intent);
    const after = carrier.prepare({ ...intent, shipTo: { ...intent.shipTo, city: 'Hamburg' } });
    expect(after.idempotencyKey).toBe(before.idempotencyKey);
    expect(after.bodyHash).not.toBe(before.bodyHash);
  });

  it('gives different intents different keys', () => {
    fc.assert(
      fc.property(intentIds, intentIds, (a, b) => {
        expect(purchaseKey(id, a) === purchaseKey(id, b)).toBe(a === b);
      }),
    );
  });

  it('takes no intent id that a carrier could not keep as reference', () => {
    for (const intentId of ['', 'a'.repeat(36), 'lbl/1', 'lbl 1', 'ü']) {
      expect(() => carrier.prepare({ ...intent, intentId })).toThrow(RangeError);
    }
  });
});

describe('the dialects', () => {
  it('differ in names and units, and declare never less than was measured', () => {
    const express = JSON.parse(registry.carrierById('simulator-express')!.prepare(intent).body);
    const parcel = JSON.parse(registry.carrierById('simulator-parcel')!.prepare(intent).body);
    expect(express.content.packages[0]).toEqual({ weight: 1, dimensions: { length: 25.4, width: 10, height: 5 } });
    expect(parcel.ShipmentRequest.Shipment.Package).toEqual({
      PackageWeight: { UnitOfMeasurement: { Code: 'OZS' }, Weight: '35.3' },
      Dimensions: { UnitOfMeasurement: { Code: 'IN' }, Length: '10.0', Width: '4.0', Height: '2.0' },
    });
    const resold = JSON.parse(registry.carrierById('easypost')!.prepare(intent).body);
    expect(resold.parcel).toEqual({ weight: 35.3, length: 10, width: 4, height: 2 });
  });
});
