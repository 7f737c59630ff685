import type { LabelsRehearsed, RestoreRehearsed } from '@ge/rehearse';
import { table } from './table.ts';

/** What a rehearsal found, beside what it should have, and its verdict. */
export function rehearsedText(found: LabelsRehearsed | RestoreRehearsed): string {
  const { parkedBy, faultsInjected } = found;
  const kills = 'kills' in found ? found.kills : {};
  const of = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .sort(([, one], [, other]) => other - one)
      .map(([name, count]) => [`  ${name}`, String(count), ''] as const);
  const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((all, one) => all + one, 0);
  const rows: readonly (readonly string[])[] = [
    ['orders', String(found.orders), ''],
    ...('sentAgain' in found
      ? [
          ['charged before the loss', String(found.chargedBefore), ''],
          ['sent again after it', String(found.sentAgain), '0'],
        ]
      : []),
    ['labels', String(found.labels), ''],
    ['purchased', String(found.purchased), ''],
    [
      'charges at the carriers',
      String(found.charges),
      'one for each label; those of parked ones are found by a person',
    ],
    ...('voids' in found ? voidRows(found) : []),
    ['charged again', String(found.duplicates), '0'],
    ['bought and never charged', String(found.lost), '0'],
    ['refused', String(found.refused), 'without a charge'],
    ['open', String(found.unknown), `0, ${found.secondsToResolve.toFixed(1)} s after the faults had stopped`],
    ['parked', String(found.parked), `${parkedBy.faults} by faults, ${parkedBy.kills} by kills; each with its reason`],
    ['  whose answer nobody can ask for', String(found.unresolvable), 'all of them among the parked'],
    ['requests for one label, at most', String(found.mostRequests), 'always the same bytes under the same key'],
    ...('batches' in found ? batchRows(found) : []),
    ['orders paid out', String(found.paidOut), `${found.paidWithoutLabel} of them without a label`],
    [
      'ledger out of balance',
      String(found.ledgerImbalance),
      '0: orders unsettled, labels misbooked, statements that differ',
    ],
    ['faults injected', String(sum(faultsInjected)), ''],
    ...of(faultsInjected),
    ...('kills' in found ? [['kills', String(sum(kills)), '']] : []),
    ...of(kills),
  ];
  const verdict = found.ok
    ? `Each label was charged once, by seed ${found.seed}.`
    : [`Violated, by seed ${found.seed}:`, ...found.violations.map((line) => `  ${line}`)].join('\n');
  return [table(['', 'found', 'should be'], rows), '', verdict].join('\n');
}

const dollars = (minor: number): string => `$${(minor / 100).toFixed(2)}`;

function voidRows({ voids, refunds, depositsHeld }: LabelsRehearsed): readonly (readonly string[])[] {
  const given = `${dollars(refunds.bookedMinor)}: what is booked of it`;
  return [
    ['voids', String(voids.asked), `${voids.voided} given back, ${voids.refused} refused with its reason`],
    ['  replaced', String(voids.replaced), 'each charged once'],
    ['given back by the carriers', dollars(refunds.atCarriersMinor), given],
    ['deposits held', String(depositsHeld), 'those of easypost, which bills no duty'],
  ];
}

function batchRows({ batches }: LabelsRehearsed): readonly (readonly string[])[] {
  const ended = Object.entries(batches.ended).map(([standing, count]) => `${count} ${standing}`);
  return [
    ['batches', String(batches.asked), `${batches.paused} were paused, ${batches.cancelled} cancelled`],
    ['  items', String(batches.items), ended.join(', ')],
  ];
}
