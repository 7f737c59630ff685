import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, everythingOf, readSuspensions } from '@ge/database';
import type { SellerId, SuspensionList } from '@ge/domain';
import { partOf } from '../journal/journal.ts';
import type { Baseline } from '../model/baseline.ts';

const sellersAtOnce = 200;

/** What was there before the first command: of the programme, and of some sellers. */
export interface ProgrammeBefore {
  /** When it was taken, by the machine's clock. */
  readonly takenAt: Date;
  readonly suspensions: SuspensionList;
}

const programmeFile = (folder: string): string => join(folder, 'before.json');
const sellersFile = (folder: string, part: string): string => join(folder, `before-${part}`);

/**
 * Writes down beside a journal what these sellers have, a page of sellers at a time: to be called once everything that the
 * load builds on is there, and before its first command.
 */
export async function takeBaseline(database: Database, folder: string, sellers: readonly SellerId[]): Promise<void> {
  writeProgramme(folder, await database.transaction(readSuspensions));
  for (let from = 0; from < sellers.length; from += sellersAtOnce) {
    const page = sellers.slice(from, from + sellersAtOnce);
    for (const one of bySeller(await everythingOf(database, page))) writeSeller(folder, one);
  }
}

/** Writes down what is suspended before the first command. */
export function writeProgramme(folder: string, { active, version }: SuspensionList): void {
  const before = { takenAt: new Date(), suspensions: { active, version } };
  writeFileSync(programmeFile(folder), JSON.stringify(before));
}

/** Writes down what one seller has. */
export function writeSeller(folder: string, baseline: Baseline): void {
  appendFileSync(sellersFile(folder, partOf(baseline.sellers[0]!.id)), `${JSON.stringify(baseline)}\n`);
}

/** Null where none was taken: then ends are counted and rows are not compared. */
export function programmeBefore(folder: string): ProgrammeBefore | null {
  const file = programmeFile(folder);
  if (!existsSync(file)) return null;
  return JSON.parse(readFileSync(file, 'utf8'), revived) as ProgrammeBefore;
}

/** What the sellers of one part of the journal had, by seller. */
export function sellersBefore(folder: string, part: string): Map<string, Baseline> {
  const file = sellersFile(folder, part);
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const baselines = lines.map((line) => JSON.parse(line, revived) as Baseline);
  return new Map(baselines.map((baseline) => [baseline.sellers[0]!.id, baseline]));
}

function bySeller(all: Awaited<ReturnType<typeof everythingOf>>): Baseline[] {
  const of = <T extends { readonly sellerId: string }>(rows: readonly T[]) => Map.groupBy(rows, (row) => row.sellerId);
  const [addresses, templates, skus, orders] = [of(all.addresses), of(all.templates), of(all.skus), of(all.orders)];
  const [settings, enrollments] = [of(all.settings), of(all.enrollments)];
  return all.sellers.map((seller) => ({
    // Names and mail addresses of people are nothing that rules ask for.
    sellers: [{ ...seller, name: '', email: '' }],
    addresses: addresses.get(seller.id) ?? [],
    templates: templates.get(seller.id) ?? [],
    skus: skus.get(seller.id) ?? [],
    orders: (orders.get(seller.id) ?? []).map((order) => ({ ...order, shipTo: null })),
    settings: settings.get(seller.id) ?? [],
    enrollments: enrollments.get(seller.id) ?? [],
  }));
}

const instants = new Set([
  'takenAt',
  'createdAt',
  'shipBy',
  'confirmedAt',
  'refundedAt',
  'savedAt',
  'enrolledAt',
  'closedAt',
]);

const revived = (name: string, value: unknown): unknown =>
  instants.has(name) && typeof value === 'string' ? new Date(value) : value;
