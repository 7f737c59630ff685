import type { LedgerTotals } from '@ge/carrier-simulator';
import { type Command, Option } from 'commander';
import { answer } from '../answer.ts';
import { dollars } from '../carrier/inWords.ts';
import { type BookedCharge, parcels } from '../carrier/parcels.ts';
import { type CarrierName, carrierNames } from '../carrier/presets.ts';
import { simulatorExitCodes, simulatorOf, simulatorOptions, type Which, whichSimulator } from '../carrier/simulator.ts';
import { UserMistake } from '../mistake.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

interface Given extends Which {
  readonly reference?: string;
  readonly carrier?: CarrierName;
  readonly limit: string;
}

interface BookedCall {
  readonly at: string;
  readonly carrier: string;
  readonly operation: string;
  readonly idempotencyKey: string | null;
  readonly bodyHash: string | null;
  readonly fault: string | null;
}

export function registerCarrierLedger(carrier: Command): void {
  const command = simulatorOptions(carrier.command('ledger'))
    .summary("the carriers' own book: charges, and calls as they came in")
    .description(
      "Shows the last charges in the carriers' own book; of one reference, which is the id of a label, all charges and every call " +
        `as it came in, those that went wrong among them.\n\n${whichSimulator}`,
    )
    .option('--reference <id>', 'of this label only, with its calls: lbl_…')
    .addOption(new Option('--carrier <name>', 'of this carrier only').choices(carrierNames))
    .option('--limit <n>', 'so many of the last charges, 1 to 1000', '20')
    .action(ledger);
  teach(command, {
    examples: ['ge carrier ledger', ['ge carrier ledger --reference lbl_06b1…', 'was it charged, and how often?']],
    exitCodes: simulatorExitCodes,
  });
}

async function ledger(given: Given): Promise<void> {
  const { reference, carrier, json } = given;
  const limit = Number(given.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000)
    throw new UserMistake(`--limit takes a number from 1 to 1000, not ${given.limit}.`);
  const ask = simulatorOf(given);
  const { totals } = await ask<{ totals: LedgerTotals }>('GET', '/ledger?limit=1');
  // Charges are numbered without gaps: the last ones are found from how many there are.
  const after = reference === undefined && !carrier ? Math.max(0, totals.charges - limit) : 0;
  let found: readonly BookedCharge[] = [];
  for await (const page of parcels(
    ask,
    { ...(reference !== undefined && { reference }), ...(carrier && { carrier }) },
    after,
  ))
    found = reference === undefined ? [...found, ...page].slice(-limit) : [...found, ...page];
  const calls =
    reference === undefined
      ? undefined
      : (
          await ask<{ calls: BookedCall[] }>(
            'GET',
            `/ledger/calls?limit=1000&reference=${encodeURIComponent(reference)}`,
          )
        ).calls;
  if (json) return answer({ totals, charges: found, ...(calls && { calls }) });
  console.log(found.length === 0 ? 'Nothing was charged.' : table(chargeHeads, found.map(chargeRow)));
  if (!calls) return;
  const rows = calls.map((call) => [
    call.at,
    call.carrier,
    call.operation,
    call.fault ?? '',
    call.idempotencyKey ?? '',
    call.bodyHash?.slice(0, 8) ?? '',
  ]);
  console.log(
    `\n${rows.length === 0 ? 'Nobody asked.' : table(['at', 'carrier', 'operation', 'went wrong', 'key', 'body'], rows)}`,
  );
}

const chargeHeads = ['at', 'carrier', 'reference', 'tracking number', 'shipment', 'charged', 'voided', 'last scan'];

const chargeRow = (charge: BookedCharge): string[] => [
  charge.at,
  charge.carrier,
  charge.reference,
  charge.trackingId,
  charge.shipmentId,
  dollars(charge.chargedMinor),
  charge.voidedAt === null ? '' : dollars(charge.refundedMinor),
  charge.scans.at(-1)?.code ?? '',
];
