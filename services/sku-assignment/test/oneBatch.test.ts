import { inOneBatchAndInTurn } from '@ge/testkit';
import { expect, test } from 'vitest';
import { assignSkus } from '../assignSkus.ts';
import { assign, putSeller, tracesOf } from './feedScene.ts';

test('changes of the same SKUs in one batch end as one after another: the newest command holds (R16, promise 4)', async () => {
  const { inOneBatch, inTurn } = await inOneBatchAndInTurn(async (database) => {
    await putSeller(database);
    await assign(database, { 'SKU-0': 'World wide', 'SKU-1': 'World wide', 'NO-SUCH': 'Home' }, 12);
    await assign(database, { 'SKU-0': 'Home', 'SKU-2': 'World wide' }, 10);
    await assign(database, { 'SKU-2': 'Home', 'SKU-1': 'Home' }, 14);
    return { handler: assignSkus, left: () => tracesOf(database) };
  });
  expect(inOneBatch).toEqual(inTurn);
  const held = inOneBatch.skus.filter(({ sku }) => ['SKU-0', 'SKU-1', 'SKU-2'].includes(sku));
  expect(held).toEqual([
    { sku: 'SKU-0', template_id: 'T-world', template_command_no: '12' },
    { sku: 'SKU-1', template_id: 'T-home', template_command_no: '14' },
    { sku: 'SKU-2', template_id: 'T-home', template_command_no: '14' },
  ]);
});
