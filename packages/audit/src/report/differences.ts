import { isDeepStrictEqual } from 'node:util';
import type { EndState } from '../model/endState.ts';
import { amiss, type Finding, type FindingCode } from './finding.ts';

const nothing = 'nothing';

/** Everything that is not as the model has it, each named by what a person would look up. Pure. */
export function differences(was: EndState, shouldBe: EndState): Finding[] {
  return [
    ...differing('template.differs', was.templates, shouldBe.templates),
    ...differing('sku.differs', was.skus, shouldBe.skus),
    ...differing('order.differs', was.orders, shouldBe.orders),
    ...differing('enrollment.differs', was.enrollments, shouldBe.enrollments),
    ...uneven(['feed.missing', 'feed.doubled'], was.feeds, shouldBe.feeds),
    ...uneven(['label.missing', 'label.doubled'], was.labelled, shouldBe.labelled),
    ...uneven(['mail.missing', 'mail.doubled'], was.mails, shouldBe.mails),
  ];
}

type ByKey = Readonly<Record<string, unknown>>;

function differing(code: FindingCode, was: ByKey, shouldBe: ByKey): Finding[] {
  const keys = [...new Set([...Object.keys(shouldBe), ...Object.keys(was)])];
  return keys.flatMap((subject) => {
    const [found, expected] = [was[subject], shouldBe[subject]];
    return same(found, expected) ? [] : [amiss(code, { subject, ...apart(found, expected) })];
  });
}

/** Of two rows only what differs, so that a finding can be read. */
function apart(found: unknown, expected: unknown): { readonly found: string; readonly expected: string } {
  if (!isRow(found) || !isRow(expected)) return { found: written(found), expected: written(expected) };
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].filter(
    (name) => !same(found[name], expected[name]),
  );
  const only = (row: ByKey) => names.map((name) => `${name} ${written(row[name])}`).join(', ');
  return { found: only(found), expected: only(expected) };
}

/** As JSON has them: what is absent and what is undefined are one, as they are once they were stored. */
const same = (one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(one, other) || isDeepStrictEqual(stored(one), stored(other));

const stored = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

const isRow = (value: unknown): value is ByKey => typeof value === 'object' && value !== null;

const written = (value: unknown): string =>
  value === undefined ? nothing : typeof value === 'string' ? value : JSON.stringify(value).slice(0, 200);

/** Lines that must be there as often as expected. */
function uneven(
  [missing, surplus]: readonly [FindingCode, FindingCode],
  was: readonly string[],
  shouldBe: readonly string[],
): Finding[] {
  const times = (lines: readonly string[]) => {
    const counted = new Map<string, number>();
    for (const line of lines) counted.set(line, (counted.get(line) ?? 0) + 1);
    return counted;
  };
  const [found, expected] = [times(was), times(shouldBe)];
  return [...new Set([...expected.keys(), ...found.keys()])].flatMap((subject) => {
    const [is, should] = [found.get(subject) ?? 0, expected.get(subject) ?? 0];
    if (is === should) return [];
    return [amiss(is < should ? missing : surplus, { subject, expected: `${should} ×`, found: `${is} ×` })];
  });
}
