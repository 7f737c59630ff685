import { expect, test } from 'vitest';
import { feedOf, feedsOnServers, placed, rowsOf, submit, workOff } from './feedsOnServers.ts';

feedsOnServers();

test('a listings feed calls templates by id or by name, and its findings keep the number of their message (R15)', async () => {
  const move = (messageId: number, sku: string, value: string) => ({
    messageId,
    sku,
    operationType: 'PATCH',
    productType: 'PRODUCT',
    patches: [{ op: 'replace', path: '/attributes/merchant_shipping_group', value: [{ value }] }],
  });
  const messages = [
    move(11, 'SKU-1', 'T-world'),
    move(12, 'SKU-2', 'World wide'),
    move(13, 'SKU-3', 'Global'),
    move(14, 'SKU-4', 'T-none'),
    move(15, 'SKU-5', 'T-home'),
    { messageId: 16, sku: 'SKU-6', operationType: 'DELETE' },
  ];
  const id = await submit(JSON.stringify({ header: { version: '2.0' }, messages }), 1, 'listings-json');
  await workOff();
  expect(await feedOf(id)).toMatchObject({
    state: 'DONE',
    counts: { processed: 6, applied: 4, unchanged: 1, superseded: 0, rejected: 1, notAttempted: 0 },
  });
  expect(await placed()).toEqual({ 'T-home': 496, 'T-world': 3 });
  const rows = await rowsOf(id);
  expect(rows.map(({ templateName, templateId, detail }) => [templateName, templateId, detail?.messageId])).toEqual([
    ['T-world', 'T-world', '11'],
    ['World wide', 'T-world', '12'],
    ['Global', 'T-world', '13'],
    ['T-none', null, '14'],
    ['T-home', 'T-home', '15'],
    [null, null, '16'],
  ]);
});
