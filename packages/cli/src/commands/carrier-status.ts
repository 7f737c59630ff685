import type { Abilities, FaultScript, LedgerTotals } from '@ge/carrier-simulator';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { counted, dollars, faultHeads, faultRows } from '../carrier/inWords.ts';
import { simulatorExitCodes, simulatorOf, simulatorOptions, type Which, whichSimulator } from '../carrier/simulator.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

interface Webhook {
  readonly url: string | null;
  readonly waiting: number;
  readonly taken: number;
}

interface ByCarrier<T> {
  readonly express: T;
  readonly parcel: T;
}

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
  const abilities = await ask<ByCarrier<Abilities>>('GET', '/abilities');
  const webhooks = await ask<ByCarrier<Webhook>>('GET', '/webhooks');
  const faults = { rules, lotteries, windows, latencies };
  const of = <T>({ express, parcel }: ByCarrier<T>) => ({ express, parcel });
  if (which.json) return answer({ simulatorId, totals, faults, abilities: of(abilities), webhooks: of(webhooks) });
  const rows = (['express', 'parcel'] as const).map((name) => {
    const { idempotencyKeys, lookUp } = abilities[name];
    const { url, waiting, taken } = webhooks[name];
    const told = url === null ? 'nobody' : `${url} (${taken} taken, ${waiting} waiting)`;
    return [name, idempotencyKeys ? 'yes' : 'no', lookUp ? 'yes' : 'no', told];
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
