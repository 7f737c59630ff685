import type { Abilities, FaultScript, LedgerTotals } from '@ge/carrier-simulator';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { counted, dollars, faultHeads, faultRows } from '../carrier/inWords.ts';
import { type CarrierName, carrierNames } from '../carrier/presets.ts';
import { simulatorExitCodes, simulatorOf, simulatorOptions, type Which, whichSimulator } from '../carrier/simulator.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

interface Webhook {
  readonly url: string | null;
  readonly waiting: number;
  readonly taken: number;
}

type ByCarrier<T> = Readonly<Record<CarrierName, T>>;

/** EasyPost knows no keys and says what became of a shipment, whatever is made of the other two. */
const ofReseller: Abilities = { idempotencyKeys: false, lookUp: true };

export function registerCarrierStatus(carrier: Command): void {
  const command = simulatorOptions(carrier.command('status'))
    .summary('what was charged, what is in force')
    .description(
      `Shows what the carriers have charged and were asked, what goes wrong, what they offer and whom they tell.\n\n${whichSimulator}`,
    )
    .action(status);
  teach(command, {
    examples: ['ge carrier status', "ge carrier status --json | jq '.totals.doubleCharged'"],
    exitCodes: simulatorExitCodes,
  });
}

async function status(which: Which): Promise<void> {
  const ask = simulatorOf(which);
  const { simulatorId, totals } = await ask<{ simulatorId: string; totals: LedgerTotals }>('GET', '/ledger?limit=1');
  const { rules, lotteries, windows, latencies } = await ask<FaultScript>('GET', '/faults');
  const { express, parcel } = await ask<ByCarrier<Abilities>>('GET', '/abilities');
  const abilities: ByCarrier<Abilities> = { express, parcel, easypost: ofReseller };
  const webhooks = await ask<ByCarrier<Webhook>>('GET', '/webhooks');
  const faults = { rules, lotteries, windows, latencies };
  const told = Object.fromEntries(carrierNames.map((name) => [name, webhooks[name]]));
  if (which.json) return answer({ simulatorId, totals, faults, abilities, webhooks: told });
  const rows = carrierNames.map((name) => {
    const { idempotencyKeys, lookUp } = abilities[name];
    const { url, waiting, taken } = webhooks[name];
    const whom = url === null ? 'nobody' : `${url} (${taken} taken, ${waiting} waiting)`;
    return [name, idempotencyKeys ? 'yes' : 'no', lookUp ? 'yes' : 'no', whom];
  });
  console.log(table(['carrier', 'keys', 'look-up', 'tells'], rows));
  console.log(
    [
      '',
      `charges       ${totals.charges}, ${dollars(totals.chargedMinor)}`,
      `voided        ${totals.voids}, ${dollars(totals.refundedMinor)}`,
      `charged twice ${totals.doubleCharged}`,
      `calls         ${counted(totals.calls)}`,
      `went wrong    ${counted(totals.faults)}`,
      '',
    ].join('\n'),
  );
  const inForce = faultRows(faults);
  console.log(inForce.length === 0 ? 'No faults are in force.' : table(faultHeads, inForce));
}
