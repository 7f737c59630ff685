import { type BodyIn, routes } from '@ge/api';
import { currencies, describeRefusal, LABEL_CURRENCY, parseMoney } from '@ge/domain';
import { type Command, Option } from 'commander';
import { answer } from '../answer.ts';
import { askFleet, whichFleet } from '../fleet-client.ts';
import { askAboutLabel } from '../label/labelIds.ts';
import { labelInWords } from '../label/labelInWords.ts';
import { UserMistake } from '../mistake.ts';
import { ago } from '../moments.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

export function registerLabelParked(label: Command): void {
  const command = label
    .command('parked')
    .summary('purchases that wait for a person, oldest first')
    .description(
      'Shows the purchases of which nobody but a person can find out whether they were charged, oldest first; 200 at most. Ask ' +
        `the carrier about each under the label's id, then say what was found: ge label resolve.\n\n${whichFleet}`,
    )
    .option('--json', 'print what the API answers as one object')
    .action(parked);
  teach(command, {
    examples: ['ge label parked', ["ge label parked --json | jq -r '.items[].id'", '']],
    exitCodes: { 0: 'told', 1: 'the fleet refused, or does not answer' },
  });
}

async function parked({ json }: { json?: boolean }): Promise<void> {
  const page = await askFleet((client) => client.call(routes.labels.listParkedLabels, { query: { limit: 200 } }));
  if (json) return answer(page);
  if (page.items.length === 0) return console.log('No label is parked.');
  const rows = page.items.map(({ id, orderId, sellerId, carrierId, reason, sentAt }) => [
    id,
    orderId,
    sellerId,
    carrierId,
    reason ?? '',
    ago(sentAt),
  ]);
  console.log(table(['label', 'order', 'seller', 'carrier', 'reason', 'sent'], rows));
  if (page.nextCursor) console.log('\nThere are more.');
}

export function registerLabelResolve(label: Command): void {
  const command = label
    .command('resolve')
    .argument('<label>', 'its id, lbl_…')
    .summary('end a parked purchase with what a person found out')
    .description(
      'Ends a parked purchase with what was found out at the carrier. It never goes out again: after not-bought, the seller may ask ' +
        `for a new label.\n\n${whichFleet}`,
    )
    .addOption(
      new Option('--found <what>', 'whether the carrier has charged it')
        .choices(['bought', 'not-bought'])
        .makeOptionMandatory(),
    )
    .option('--charge <amount>', 'what the carrier charged: 12.50; with --found bought')
    .addOption(new Option('--currency <code>', 'of the charge').choices(currencies).default(LABEL_CURRENCY))
    .option('--shipment <ref>', "the carrier's own reference of the shipment; with --found bought")
    .option('--tracking <id>', 'its tracking id; with --found bought')
    .option('--json', 'print one object: {ok, label}')
    .action(resolve);
  teach(command, {
    examples: [
      'ge label resolve lbl_06b1… --found not-bought',
      'ge label resolve lbl_06b1… --found bought --charge 12.50 --shipment 7721 --tracking 1Z999',
    ],
    exitCodes: { 0: 'ended', 1: 'there is no such label, it is not parked, the fleet refused, or does not answer' },
  });
}

interface Found {
  readonly found: 'bought' | 'not-bought';
  readonly charge?: string;
  readonly currency: string;
  readonly shipment?: string;
  readonly tracking?: string;
  readonly json?: boolean;
}

async function resolve(labelId: string, given: Found): Promise<void> {
  const body = resolutionIn(given);
  const label = await askAboutLabel(labelId, (client) =>
    client.call(routes.labels.resolveParkedLabel, { params: { labelId }, body }),
  );
  if (given.json) answer({ ok: true, label });
  else console.log(labelInWords(label).join('\n'));
}

function resolutionIn({
  found,
  charge,
  currency,
  shipment,
  tracking,
}: Found): BodyIn<typeof routes.labels.resolveParkedLabel> {
  if (found === 'not-bought') {
    if (charge ?? shipment ?? tracking)
      throw new UserMistake('--charge, --shipment and --tracking go with --found bought.');
    return { found: 'not_bought' };
  }
  if (charge === undefined || !shipment || !tracking)
    throw new UserMistake('--found bought takes --charge, --shipment and --tracking, as the carrier has them.');
  const amount = parseMoney(charge, currency);
  if (!amount.ok) throw new UserMistake(`--charge ${charge}: ${describeRefusal(amount.refusals[0]!, 'en-US').message}`);
  return { found: 'bought', charge: amount.value, shipmentRef: shipment, trackingId: tracking };
}
