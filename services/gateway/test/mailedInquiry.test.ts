import { routes } from '@ge/api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importSeller, seattle } from './sellers.ts';
import { startGateway, type TestGateway } from './startGateway.ts';

let gateway: TestGateway;
let sellerId: string;
let email: string;

beforeAll(async () => {
  gateway = await startGateway();
  ({ sellerId } = await importSeller(gateway.operator, { addresses: [seattle], generalAddress: 0 }));
  email = (await gateway.operator.call(routes.sellers.getSeller, { params: { sellerId: sellerId as never } })).email;
});
afterAll(() => gateway?.close());

const receive = (from: string, text: string) =>
  gateway.operator.call(routes.inquiries.receiveMail, { body: { from, text } });
const codes = ({ refusals }: Awaited<ReturnType<typeof receive>>) => refusals.map(({ code }) => code);

it('a mail to the inquiry address opens one case of the seller it is from, whatever the case of the address (R2)', async () => {
  const opened = await receive(email.toUpperCase(), `  We would like to join. ${'😀'.repeat(2_000)}`);
  expect(opened).toMatchObject({ inquiry: { sellerId, state: 'open' }, refusals: [] });
  const { items } = await gateway.operator.call(routes.inquiries.listInquiries, {
    query: { sellerId: sellerId as never },
  });
  expect(items).toHaveLength(1);
  expect(items[0]!.message).toMatch(/^We would like to join\. 😀+$/u);
  expect(items[0]!.message.length).toBeLessThanOrEqual(2_000);
  expect(codes(await receive(email, 'Once more'))).toEqual(['inquiry.already_open']);
});

it('a mail from nobody known, or from an address of two sellers, opens nothing and is answered without an error', async () => {
  expect(codes(await receive('stranger@example.com', 'Hello'))).toEqual(['inquiry.sender_unknown']);
  const twin = await importSeller(gateway.operator, { addresses: [seattle], generalAddress: 0 });
  await gateway.database.query('update sellers set email = $1 where id = $2', [email, twin.sellerId]);
  expect(codes(await receive(email, 'Which of us?'))).toEqual(['inquiry.sender_ambiguous']);
});
