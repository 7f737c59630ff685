import { type AnswerOf, routes } from '@ge/api';
import { formatMoney } from '@ge/domain';
import { type Command, Option } from 'commander';
import { answer } from '../answer.ts';
import { askFleet, whichFleet } from '../fleet-client.ts';
import { ago } from '../moments.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

type Reclaim = AnswerOf<typeof routes.reclaims.listReclaims, 200>['items'][number];

export function registerLabelReclaims(label: Command): void {
  const command = label
    .command('reclaims')
    .argument('<carrier>', 'its id, simulator-express')
    .summary('what a carrier charged beside labels, and what became of asking for it back')
    .description(
      'Shows the shipments that a carrier charged beside those of labels and what became of asking for them back, 200 at most: ' +
        `those that it refused, unless another state is named. They may be asked for once more: ge label reclaim.\n\n${whichFleet}`,
    )
    .addOption(
      new Option('--state <state>', 'only these')
        .choices(['requested', 'sent', 'given', 'refused'])
        .default('refused' satisfies Reclaim['state']),
    )
    .option('--json', 'print what the API answers as one object')
    .action(list);
  teach(command, {
    examples: ['ge label reclaims simulator-express', 'ge label reclaims simulator-express --state sent'],
    exitCodes: { 0: 'told', 1: 'there is no such carrier, the fleet refused, or does not answer' },
  });
}

async function list(carrierId: string, { state, json }: { state: Reclaim['state']; json?: boolean }): Promise<void> {
  const params = { carrierId };
  const page = await askFleet(
    (client) => client.call(routes.reclaims.listReclaims, { params, query: { state, limit: 200 } }),
    { notFound: `There is no carrier ${carrierId} here.` },
  );
  if (json) return answer(page);
  if (page.items.length === 0) return console.log(`Nothing that ${carrierId} charged beside labels is ${state}.`);
  const rows = page.items.map(({ shipmentRef, labelId, charged, problem, requestedAt }) => [
    shipmentRef,
    labelId,
    formatMoney(charged),
    ago(requestedAt),
    problem?.message ?? '',
  ]);
  console.log(table(['shipment', 'label', 'charged', 'asked for', 'why not'], rows));
  if (page.nextCursor) console.log('\nThere are more.');
}

export function registerLabelReclaim(label: Command): void {
  const command = label
    .command('reclaim')
    .argument('<carrier>', 'its id, simulator-express')
    .argument('<shipment>', "the carrier's own reference of the shipment, as ge label reclaims shows it")
    .summary('have a carrier asked once more for what it charged beside a label')
    .description(
      'Has a carrier asked once more for a charge that it refused to give back, or never answered for. Who asked and why is ' +
        `kept for good.\n\n${whichFleet}`,
    )
    .requiredOption('--reason <text>', 'why; kept for good, so nothing personal')
    .option('--json', 'print one object: {ok, reclaim}')
    .action(askAgain);
  teach(command, {
    examples: ['ge label reclaim simulator-express shp_17 --reason "they mended it: ticket 4711"'],
    exitCodes: { 0: 'it will be asked', 1: 'it did not end refused, the fleet refused, or does not answer' },
  });
}

async function askAgain(
  carrierId: string,
  shipmentRef: string,
  { reason, json }: { reason: string; json?: boolean },
): Promise<void> {
  const params = { carrierId, shipmentRef };
  const { reclaim } = await askFleet((client) => client.call(routes.reclaims.askAgain, { params, body: { reason } }), {
    notFound: `Nothing was asked back of shipment ${shipmentRef} of ${carrierId}.`,
  });
  if (json) answer({ ok: true, reclaim });
  else console.log(`${carrierId} will be asked for ${formatMoney(reclaim.charged)} of shipment ${shipmentRef} again.`);
}
