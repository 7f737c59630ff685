import { createHash } from 'node:crypto';
import { jobIdOf, type Pointer } from './pointer.ts';

/** A message as it is shown to Redis: the pointer, and what a dashboard may show. */
export interface Outbound extends Pointer {
  readonly name: string;
  readonly sellerId: string;
}

/** Pointers of one kind of job that travel as one BullMQ job. One alone is an ordinary pointer. */
export type Bundle = readonly [Outbound, ...Outbound[]];

/** What is believed of a bundle that is read back; nobody sends more. */
const mostPointers = 1_000;

/** While fewer are under way, each travels alone: a lone job is to be seen and shared as such. */
const fewUnderWay = 200;

/** Bundles that what is under way is cut into: enough for several processes and their transactions to share. */
const bundlesUnderWay = 40;

/** Beyond this a bundle saves next to nothing more, and what is left of one after a crash runs alone, one by one. */
const mostInBundle = 50;

/**
 * How many pointers travel together when `underWay` of a queue do: one where few are, and more with the load, since each
 * BullMQ job costs more than the work that many of them ask for.
 */
export const bundleSize = (underWay: number): number =>
  underWay < fewUnderWay ? 1 : Math.min(mostInBundle, Math.floor(underWay / bundlesUnderWay));

/** Cuts messages into bundles of at most `size` of one kind, in their order. */
export function bundled(messages: readonly Outbound[], size: number): Bundle[] {
  const bundles: Bundle[] = [];
  for (const alike of Map.groupBy(messages, ({ name }) => name).values())
    for (let start = 0; start < alike.length; start += size)
      bundles.push(alike.slice(start, start + size) as unknown as Bundle);
  return bundles;
}

/** The same pointers in the same order have the same id, so that adding them again does nothing while Redis has them. */
export function bundleIdOf(bundle: Bundle): string {
  if (bundle.length === 1) return jobIdOf(bundle[0]);
  const hash = createHash('sha1').update(bundle.map(jobIdOf).join(' ')).digest('hex').slice(0, 16);
  return `${bundle.length}-from-${jobIdOf(bundle[0])}-${hash}`;
}

/** What Redis carries: the seller (`*` = several) for display, and of several pointers where each of their rows is. */
export function bundleData(bundle: Bundle): BundleData {
  const s = bundle.every(({ sellerId }) => sellerId === bundle[0].sellerId) ? bundle[0].sellerId : '*';
  return bundle.length === 1 ? { s } : { s, m: bundle.map(({ id, gen }) => [id, gen]) };
}

export interface BundleData {
  readonly s: string;
  readonly m?: readonly (readonly [id: number, gen: number])[];
}

/** The pointers of a bundle as it was read back from Redis, where anybody may have written; null when it is none. */
export function pointersIn(data: unknown): Pointer[] | null {
  const { s, m } = (data ?? {}) as Record<string, unknown>;
  if (typeof s !== 'string' || !Array.isArray(m) || m.length === 0 || m.length > mostPointers) return null;
  const pointers = m.map((pair: unknown) => (Array.isArray(pair) ? { id: pair[0], gen: pair[1] } : null));
  return pointers.every((pointer) => isCount(pointer?.id) && isCount(pointer?.gen)) ? (pointers as Pointer[]) : null;
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
