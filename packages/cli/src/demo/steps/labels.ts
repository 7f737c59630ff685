import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { routes } from '@ge/api';
import { check } from '../check.ts';
import type { Demo } from '../demo.ts';
import type { ExampleLabel } from '../examples.ts';
import { settled } from '../settled.ts';
import { several, tallied } from '../several.ts';
import type { DemoStep } from '../step.ts';

const endings: Readonly<Record<ExampleLabel['format'], string>> = {
  PDF: 'pdf',
  PNG: 'png',
  ZPL203: 'zpl',
  ZPL300: 'zpl',
};

/** Quotes, buys the cheapest protected offer (the cheapest where none is), keeps the document as a file. */
export async function buyLabels(demo: Demo, wanted: readonly ExampleLabel[]): Promise<readonly string[]> {
  return several(wanted, 6, async ({ orderId, parcelNo, parcel, format }) => {
    const params = { orderId: orderId as never };
    const quote = await demo.client.call(routes.quotes.createQuote, {
      params,
      body: { parcelNo, parcel: parcel as never, format },
    });
    const offer =
      quote.offers.find((candidate) => candidate.benefits.included.includes('CLAIMS_PROTECTED')) ?? quote.offers[0];
    if (!offer)
      throw new Error(
        `no carrier offers a label for ${orderId}: ${quote.refused.map((refused) => refused.reasons[0]?.code).join(', ')}`,
      );
    const answer = await demo.client.call(routes.labels.requestLabel, {
      params,
      body: { offerToken: offer.offerToken, format },
      idempotencyKey: `demo-${orderId}-${parcelNo}`,
    });
    await settled(demo, answer.operationId);
    const ofLabel = { labelId: answer.label.id };
    const label = await demo.client.call(routes.labels.getLabel, { params: ofLabel });
    if (label.state !== 'purchased') throw new Error(`the label of ${orderId} is ${label.state}: ${label.reason}`);
    const document = await demo.client.call(routes.labels.downloadLabel, { params: ofLabel });
    writeFileSync(
      join(demo.folders.labels, `${orderId}-${parcelNo}.${endings[format]}`),
      Buffer.from(await (document as Blob).arrayBuffer()),
    );
    return format;
  });
}

/** The carrier's own books: every charge it made, and how often one intent was charged. */
export async function ledgerOf({
  carrier,
}: Demo): Promise<{ readonly charges: number; readonly mostForOneIntent: number }> {
  const response = await fetch(`${carrier.url}/ledger?limit=1000`, {
    headers: { authorization: `Bearer ${carrier.adminToken}` },
  });
  if (!response.ok) throw new Error(`the carrier's ledger answered ${response.status}`);
  const { charges } = (await response.json()) as { charges: readonly { reference: string }[] };
  return {
    charges: charges.length,
    mostForOneIntent: Math.max(0, ...Object.values(tallied(charges.map((entry) => entry.reference)))),
  };
}

/** Labels through Buy Shipping: one charge for each, the order confirmed by itself (R17, R18). */
export const labels: DemoStep = {
  name: 'buy-labels',
  title: 'Sellers buy shipping labels; each intent is charged once',
  run: async (demo) => {
    const expected = demo.examples.expected.labels;
    const formats = await buyLabels(demo, demo.examples.labels);
    const ledger = await ledgerOf(demo);
    const [confirmed] = await demo.database.query<{ confirmed: number; pending: number }>(
      `select count(*) filter (where state = 'confirmed')::int as confirmed, count(*) filter (where state = 'pending')::int as pending
         from orders where is_global_express`,
    );
    return {
      counts: { bought: formats.length, charges: ledger.charges },
      checks: [
        check('labels bought, by format', expected.byFormat, tallied(formats)),
        check('charges in the ledger of the carrier', expected.charges, ledger.charges),
        check('most charges for one intent', 1, ledger.mostForOneIntent),
        check('orders confirmed by their label', expected.ordersConfirmed, confirmed!.confirmed),
        check('GE orders still to be shipped', expected.gePendingAfterwards, confirmed!.pending),
      ],
    };
  },
};
