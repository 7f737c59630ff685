import { type Command, Option } from 'commander';
import { answer } from '../answer.ts';
import { dollars } from '../carrier/inWords.ts';
import { ahead, inTurns, move, type Place, parcels, way } from '../carrier/parcels.ts';
import { type CarrierName, carrierNames } from '../carrier/presets.ts';
import { simulatorExitCodes, simulatorOf, simulatorOptions, type Which, whichSimulator } from '../carrier/simulator.ts';
import { FleetAnswer } from '../fleet-answer.ts';
import { UserMistake } from '../mistake.ts';
import { teach } from '../teach.ts';

interface Delivering extends Which {
  readonly all?: boolean;
  readonly carrier?: CarrierName;
  readonly until: Place;
}

export function registerCarrierDeliver(carrier: Command): void {
  const command = simulatorOptions(carrier.command('deliver'))
    .argument('[tracking-number]', 'of the parcel')
    .summary('move a parcel, or all of them, to the buyer')
    .description(
      'Moves a parcel from where it is to the buyer, scan by scan. The carrier tells each scan to whoever listens (the fleet of ' +
        '`ge up` does), and bills duty once the parcel has arrived. What was voided or is there already stays where it is.\n\n' +
        whichSimulator,
    )
    .option('--all', 'every parcel in the book')
    .addOption(new Option('--carrier <name>', 'with --all: of this carrier only').choices(carrierNames))
    .addOption(new Option('--until <scan>', 'no further than this').choices(way).default('delivered'))
    .action(deliver);
  teach(command, {
    examples: [
      'ge carrier deliver 1000000010',
      ['ge carrier deliver --all --until first_scan', 'picked up, and no longer voidable'],
    ],
    exitCodes: { ...simulatorExitCodes, 1: 'there is no such parcel, the simulator refused, or does not answer' },
  });
}

async function deliver(trackingId: string | undefined, given: Delivering): Promise<void> {
  const { all = false, carrier, until, json } = given;
  if (all === (trackingId !== undefined))
    throw new UserMistake('Name one parcel by its tracking number, or all with --all.');
  if (carrier && !all) throw new UserMistake('--carrier goes with --all: a tracking number is of one carrier.');
  const ask = simulatorOf(given);
  const query: Record<string, string> = {
    ...(trackingId !== undefined && { trackingId }),
    ...(carrier && { carrier }),
  };
  let known = 0;
  let moved = 0;
  let scans = 0;
  for await (const page of parcels(ask, query)) {
    known += page.length;
    await inTurns(page, async (parcel) => {
      const places = ahead(parcel, until);
      if (places.length === 0) return;
      await move(ask, parcel, places);
      moved += 1;
      scans += places.length;
    });
  }
  if (trackingId !== undefined && known === 0) throw new FleetAnswer(`There is no parcel ${trackingId}.`);
  if (json) return answer({ parcels: known, moved, scans });
  if (moved === 0) console.log('Nothing moved: what is not voided is there already.');
  else console.log(`Moved ${moved} of ${known} ${known === 1 ? 'parcel' : 'parcels'}, ${scans} scans.`);
}

export function registerCarrierAdjust(carrier: Command): void {
  const command = simulatorOptions(carrier.command('adjust'))
    .argument('<shipment>', "as `ge carrier ledger` shows it; the carrier's own id")
    .argument('<cents>', 'more than was charged; below zero to give something back (after --)')
    .summary('have a parcel weighed again: billed more, or less')
    .description(
      `Has a carrier weigh a parcel again and bill the difference, as its statement will say.\n\n${whichSimulator}`,
    )
    .action(adjust);
  teach(command, {
    examples: [
      ['ge carrier adjust 9b1c… 250', 'two dollars fifty more'],
      ['ge carrier adjust 9b1c… -- -100', 'a dollar back'],
    ],
    exitCodes: { ...simulatorExitCodes, 1: 'there is no such shipment, the simulator refused, or does not answer' },
  });
}

async function adjust(shipmentId: string, cents: string, which: Which): Promise<void> {
  const minor = Number(cents);
  if (!/^-?\d{1,7}$/.test(cents) || minor === 0)
    throw new UserMistake(`Cents are a whole number other than 0, not ${cents}.`);
  const ask = simulatorOf(which, `There is no shipment ${shipmentId}.`);
  await ask('POST', `/shipments/${encodeURIComponent(shipmentId)}/adjustments`, { minor });
  if (which.json) answer({ shipmentId, minor });
  else console.log(`Billed: ${dollars(minor)} for ${shipmentId}.`);
}
