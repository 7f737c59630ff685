import { type Database, type EverythingOf, everythingOf, type LabelRow } from '@ge/database';
import type { SellerId, SuspensionList } from '@ge/domain';
import { type Command, sellerOf } from '../journal/command.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { Baseline } from '../model/baseline.ts';
import { type EndState, endOfModel, endOfRows } from '../model/endState.ts';
import { ModelRefusal } from '../model/place.ts';
import { SequentialModel } from '../model/sequentialModel.ts';
import { differences } from '../report/differences.ts';
import { amiss, type Finding } from '../report/finding.ts';
import type { ReportWriter } from '../report/report.ts';
import type { EndedCommand } from './commandEnds.ts';
import { inOrder, undecidedTemplates } from './orderOfCommands.ts';

const sellersAtOnce = 200;

/** What the rows of all sellers are compared by. */
export interface Comparison {
  readonly suspensionsBefore: SuspensionList;
  /** Suspensions made and lifted meanwhile, each with the version of the list that it made. */
  readonly suspensions: readonly { readonly entry: JournalEntry; readonly version: number }[];
  readonly takenAt: Date;
  /** What of an end can be seen from where the audit looks; all of it unless told. */
  readonly shown?: (end: EndState) => EndState;
}

/** Compares what each of these sellers has with what the sequential model says that its commands must have left. */
export async function compareSellers(
  database: Database,
  before: ReadonlyMap<string, Baseline>,
  commands: readonly EndedCommand[],
  comparison: Comparison,
  report: ReportWriter,
): Promise<void> {
  const bySeller = Map.groupBy(commands, ({ entry }) => sellerOf(entry.command)!);
  // Sellers without a command are compared too: nothing may have happened to them.
  const sellers = [...new Set([...before.keys(), ...bySeller.keys()])];
  const known = sellers.filter((seller) => before.has(seller)) as SellerId[];
  if (known.length < sellers.length)
    report.unchecked('rows of a seller', 'no baseline was taken of it', sellers.length - known.length);
  for (let from = 0; from < known.length; from += sellersAtOnce) {
    const page = known.slice(from, from + sellersAtOnce);
    const found = await everythingOf(database, page);
    for (const seller of page)
      compareSeller(before.get(seller)!, only(found, seller), bySeller.get(seller) ?? [], comparison, report);
  }
}

/** Compares one seller's rows. */
export function compareSeller(
  before: Baseline,
  found: EverythingOf,
  commands: readonly EndedCommand[],
  comparison: Comparison,
  report: ReportWriter,
): void {
  const doubt = doubtAbout(commands, found);
  if (doubt) {
    report.unchecked('rows of a seller', doubt);
    return;
  }
  const labels = new Map(found.labels.map((label) => [label.id as string, label]));
  const model = new SequentialModel(before);
  model.beginWith(comparison.suspensionsBefore);
  const took = commands.filter((command) => tookEffect(command, labels)).map(({ entry }) => entry);
  const { suspensions } = comparison;
  const overtaken = overtakenAmong(commands);
  const versions = new Map(suspensions.map(({ entry, version }) => [entry.seq, version]));
  const all = [...took, ...suspensions.map(({ entry }) => entry)].sort((a, b) => a.seq - b.seq);
  try {
    for (const { seq, command, commandNo, answeredAt } of inOrder(all))
      model.apply({
        command,
        no: versions.get(seq) ?? commandNo ?? 0,
        at: new Date(answeredAt),
        overtaken: overtaken.has(seq),
      });
  } catch (error) {
    const subject = before.sellers[0]!.id;
    if (!(error instanceof ModelRefusal)) throw error;
    report.found([amiss('command.against_the_rules', { subject, expected: 'a refusal', found: error.message })]);
    return;
  }
  const voided = new Set(commands.flatMap(({ entry }) => voidedOrder(entry.command)));
  const { shown = (end: EndState) => end } = comparison;
  const was = shown(without(endOfRows(since(found, before, comparison.takenAt)), voided));
  const shouldBe = shown(without(endOfModel(model), voided));
  if (voided.size > 0) report.unchecked('payout of an order', 'a label of it was taken back', voided.size);
  const undecided = undecidedTemplates(took);
  const amissHere = differences(was, shouldBe);
  const certain = amissHere.filter(({ code, subject }) => code !== 'template.differs' || !undecided.has(subject));
  if (certain.length < amissHere.length)
    report.unchecked('a template', 'two commands about it were under way together', amissHere.length - certain.length);
  report.found([...certain, ...openLabels(found.labels, comparison.takenAt)]);
  for (const name of ['templates', 'skus', 'orders', 'enrollments'] as const)
    report.checked(name, Object.keys(shouldBe[name]).length);
  for (const name of ['feeds', 'mails'] as const) report.checked(name, shouldBe[name].length);
  report.checked('labels', shouldBe.labelled.length);
}

/** Why nobody can say what this seller must have; null where one can. */
function doubtAbout(commands: readonly EndedCommand[], found: EverythingOf): string | null {
  if (commands.some(({ endedAs }) => endedAs === 'open')) return 'a command of it is still open';
  if (commands.some(({ entry }) => entry.answer === 'maybe'))
    return 'a command without an answer may have been accepted';
  const half = commands.some(({ endedAs, entry }) => endedAs === 'dead' && inSlices.has(entry.command.kind));
  if (half) return 'a command of it died half done';
  if (commands.some(({ entry }) => entry.command.kind === 'upload-feed' && entry.command.rows === null))
    return 'the rows of a feed were not kept';
  if (commands.some(({ entry }) => entry.command.kind === 'job')) return 'a job that the model has no rules for';
  const cancelledByHand = commands.some(
    ({ endedAs, entry }) => endedAs === 'cancelled' && entry.command.kind === 'activate-template',
  );
  if (cancelledByHand) return 'a template changed between its confirmation and its save';
  return found.sellers.length === 0 ? 'the seller is gone' : null;
}

/** Enrollments that found a newer one, or the seller leaving, when their turn came. One that nothing overtook is never among them. */
function overtakenAmong(commands: readonly EndedCommand[]): ReadonlySet<number> {
  const newest = Math.max(
    0,
    ...commands.flatMap(({ entry }) => (takesOver.has(entry.command.kind) ? (entry.commandNo ?? 0) : [])),
  );
  const found = commands.filter(
    ({ entry, operation }) =>
      entry.command.kind === 'enroll' && operation?.overtaken === true && (entry.commandNo ?? 0) < newest,
  );
  return new Set(found.map(({ entry }) => entry.seq));
}

const takesOver: ReadonlySet<string> = new Set(['enroll', 'deactivate-all']);

const inSlices: ReadonlySet<string> = new Set([
  'enroll',
  'deactivate-all',
  'save-region-setting',
  'upload-feed',
  'upload-confirmations',
]);

/** Whether a command changed what it is about. Of a label only the row says so: the carrier may refuse it. */
function tookEffect({ entry: { command }, endedAs }: EndedCommand, labels: ReadonlyMap<string, LabelRow>): boolean {
  if (command.kind === 'buy-label' && command.labelId !== null) return labels.get(command.labelId)?.state !== 'refused';
  if (command.kind === 'void-label' && command.labelId !== null) return labels.get(command.labelId)?.state === 'voided';
  return endedAs === 'done';
}

const voidedOrder = (command: Command): readonly string[] => (command.kind === 'void-label' ? [command.orderId] : []);

const undecidedLabel: ReadonlySet<string> = new Set(['requested', 'claimed', 'sent', 'unknown', 'voiding']);

function openLabels(labels: readonly LabelRow[], takenAt: Date): Finding[] {
  return labels
    .filter(({ state, createdAt }) => undecidedLabel.has(state) && createdAt >= takenAt)
    .map(({ id, state }) => amiss('label.open', { subject: id, expected: 'an end', found: state }));
}

const bought: ReadonlySet<string> = new Set(['purchased', 'voiding', 'void_refused']);

/** What has come since the baseline was taken, of what only ever grows. */
function since(found: EverythingOf, before: Baseline, takenAt: Date) {
  const firstNo = before.sellers[0]!.commandNo;
  return {
    ...found,
    feeds: found.feeds.filter(
      ({ commandNo, state, reportDocumentId }) => commandNo > firstNo && state === 'DONE' && reportDocumentId !== null,
    ),
    labelled: found.labels
      .filter(({ state, documentId, createdAt }) => bought.has(state) && documentId !== null && createdAt >= takenAt)
      .map(({ orderId }) => orderId),
    mails: found.mails.filter(
      // One whose answer was lost twice has ended too: by design it is never sent again.
      ({ state, unknownOutcomes, createdAt }) =>
        createdAt >= takenAt && (state === 'accepted' || (state === 'abandoned' && unknownOutcomes === 2)),
    ),
  };
}

const without = (end: EndState, orders: ReadonlySet<string>): EndState => ({
  ...end,
  orders: Object.fromEntries(Object.entries(end.orders).filter(([id]) => !orders.has(id))),
});

function only(all: EverythingOf, seller: string): EverythingOf {
  const mine = <T extends { readonly sellerId: string }>(rows: readonly T[]) =>
    rows.filter(({ sellerId }) => sellerId === seller);
  return {
    sellers: all.sellers.filter(({ id }) => id === seller),
    addresses: mine(all.addresses),
    settings: mine(all.settings),
    templates: mine(all.templates),
    skus: mine(all.skus),
    orders: mine(all.orders),
    enrollments: mine(all.enrollments),
    feeds: mine(all.feeds),
    labels: mine(all.labels),
    mails: mine(all.mails),
  };
}
