import { afterEach, beforeEach, expect, test } from 'vitest';
import { buyLabel } from '../buyLabel.ts';
import { reclaimCharge } from '../reclaimCharge.ts';
import { type LabelRig, startLabelRig } from './labelRig.ts';
import { reclaimScene } from './reclaimScene.ts';

let rig: LabelRig;

beforeEach(async () => {
  rig = await startLabelRig();
});
afterEach(() => rig.close());

const { owed, setLabel, reconcile, rows, open, balances } = reclaimScene(() => rig);

/**
 * A label that was bought an hour ago and ended refused here, as in a database that is older than what became of it: its charge is
 * asked back. `find` writes down what was bought after all.
 */
async function takenForFurther() {
  await rig.request(await rig.addOrders(1));
  await owed(buyLabel(rig.desk()));
  const [label] = await rig.labels();
  const { id, shipmentRef, trackingId, charge } = label!;
  const hourAgo = `ended_at = ended_at - interval '1 hour', sent_at = sent_at - interval '1 hour'`;
  await setLabel(id, `state = 'refused', shipment_ref = null, charge = null, ${hourAgo}`);
  const find = () =>
    setLabel(id, `state = 'purchased', shipment_ref = '${shipmentRef}', charge = '${JSON.stringify(charge)}'`);
  return { shipmentRef: shipmentRef!, trackingId: trackingId!, charge: charge!.minor, find };
}

test('what was booked of a further shipment is booked back once that is found to be the label’s own: it is paid once', async () => {
  const { charge, find } = await takenForFurther();
  await reconcile('all');
  expect(await balances()).toMatchObject({ seller: -charge, carrier: 2 * charge, platform: -charge });
  await find();
  await owed(reclaimCharge(rig.desk()));
  expect(await rows()).toMatchObject([{ state: 'refused', reason: 'own_shipment' }]);
  const once = { seller: -charge, carrier: charge, platform: 0 };
  expect(await balances()).toEqual({ kinds: ['further_charge', 'further_charge', 'label_charge'], ...once });
  await reconcile('all');
  await reconcile('all');
  expect(await open()).toEqual([]);
  expect(await balances()).toEqual({ kinds: ['further_charge', 'further_charge', 'label_charge'], ...once });
});

test('what was booked of a shipment that the carrier would not take back is booked back by the next statement, its fee becomes the label’s', async () => {
  const { charge, find, shipmentRef, trackingId } = await takenForFurther();
  await rig.scan(trackingId);
  await reconcile('all');
  await owed(reclaimCharge(rig.desk()));
  expect(await rows()).toMatchObject([{ state: 'refused', reason: 'carrier.parcel_already_scanned' }]);
  await rig.adjust(shipmentRef, 150);
  await reconcile('all');
  expect(await open()).toEqual(['not_written_down']);
  const both = charge + 150;
  expect(await balances()).toMatchObject({ seller: -charge, carrier: charge + both, platform: -both });
  await find();
  for (let times = 0; times < 2; times += 1) {
    await reconcile('all');
    expect(await open()).toEqual([]);
    expect(await balances()).toMatchObject({ seller: -both, carrier: both, platform: 0 });
  }
});

test('what was given back of a shipment that is found to be the label’s own is told: the label is not voided here', async () => {
  const { charge, find } = await takenForFurther();
  await reconcile('all');
  await owed(reclaimCharge(rig.desk()));
  expect(await rows()).toMatchObject([{ state: 'given' }]);
  await reconcile('all');
  expect(await open()).toEqual([]);
  await find();
  await reconcile('all');
  await reconcile('all');
  expect(await open()).toEqual(['refund_not_written_down']);
  expect(await balances()).toMatchObject({ seller: -charge, carrier: charge, platform: 0 });
});
