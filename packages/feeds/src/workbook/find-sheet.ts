import { posix } from 'node:path';
import type { FeedFormat, FeedLimits } from '../format.ts';
import { FeedStop } from '../problem/fatal.ts';
import { attributeOf, type PartListener, PartParser, parsePart, partNode } from './part-parser.ts';
import type { SharedPartNames } from './shared-parts.ts';
import type { ZipParts } from './zip-parts.ts';

/** The sheet that is read, and where it stands. */
export interface FoundSheet extends Required<SharedPartNames> {
  /** As people see it on its tab. */
  readonly name: string;
  readonly sheet: string;
  /** Another sheet is visible, too. */
  readonly hasOthers: boolean;
}

interface Relation {
  readonly id: string;
  /** Last word of its type, the same in both standards. */
  readonly kind: string;
  /** Name of the part it leads to. */
  readonly part: string;
}

interface ListedSheet {
  readonly name: string;
  readonly id: string;
}

/** Sheets and relations looked at; no workbook for this purpose has more. */
const most = 1000;
const blockBytes = 64 * 1024;

const relations = partNode('', { Relationships: partNode('', { Relationship: partNode('relation') }) });
const workbook = partNode('', {
  workbook: partNode('workbook', { sheets: partNode('', { sheet: partNode('sheet') }) }),
});

/**
 * Finds the first sheet that is visible and holds cells.
 * @throws FeedStop GE-15001 when the archive is no workbook, GE-15040 when it has no such sheet; whatever a part may throw
 */
export async function findSheet(parts: ZipParts, format: FeedFormat, limits: FeedLimits): Promise<FoundSheet> {
  const root = '_rels/.rels';
  const main = parts.has(root)
    ? (await relationsOf(parts, root, '', limits)).find(({ kind }) => kind === 'officeDocument')
    : undefined;
  const sheets = main && parts.has(main.part) ? await visibleSheets(parts, main.part, limits) : null;
  if (!main || !sheets) throw new FeedStop('GE-15001', { found: 'ZIP', declared: format });
  const folder = posix.dirname(main.part);
  const own = posix.join(folder, '_rels', `${posix.basename(main.part)}.rels`);
  const found = await relationsOf(parts, own, folder, limits);
  const sheetOf = ({ id }: ListedSheet) =>
    found.find((relation) => relation.id === id && relation.kind === 'worksheet')?.part;
  const withCells = sheets.filter((sheet) => sheetOf(sheet) !== undefined);
  const first = withCells[0];
  if (!first) throw new FeedStop('GE-15040');
  const partOf = (wanted: string) => found.find(({ kind }) => kind === wanted)?.part ?? null;
  const styles = partOf('styles');
  return {
    name: first.name,
    sheet: sheetOf(first)!,
    texts: partOf('sharedStrings'),
    // Cells can be read without it, unlike without their texts.
    styles: styles !== null && parts.has(styles) ? styles : null,
    hasOthers: withCells.length > 1,
  };
}

/** @param folder the one that targets without a leading slash are meant from */
async function relationsOf(parts: ZipParts, name: string, folder: string, limits: FeedLimits): Promise<Relation[]> {
  const found: Relation[] = [];
  await parse(parts, name, relations, limits, (_, attributes) => {
    const { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode } = attributes;
    if (mode === 'External' || found.length >= most || target.length > 1000 || id.length > 255) return;
    const part = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
    found.push({ id, kind: type.slice(type.lastIndexOf('/') + 1).slice(0, 40), part });
  });
  return found;
}

/** Null when the part describes no workbook. */
async function visibleSheets(parts: ZipParts, name: string, limits: FeedLimits): Promise<ListedSheet[] | null> {
  let isWorkbook = false;
  const sheets: ListedSheet[] = [];
  await parse(parts, name, workbook, limits, (role, attributes) => {
    if (role === 'workbook') isWorkbook = true;
    if (role !== 'sheet' || sheets.length >= most) return;
    const { name: shownAs = '', state } = attributes;
    if (state === 'hidden' || state === 'veryHidden') return;
    sheets.push({ name: shownAs.slice(0, 255), id: attributeOf(attributes, 'id')?.slice(0, 255) ?? '' });
  });
  return isWorkbook ? sheets : null;
}

async function parse(
  parts: ZipParts,
  name: string,
  document: ReturnType<typeof partNode>,
  limits: FeedLimits,
  opened: PartListener['opened'],
): Promise<void> {
  const parser = new PartParser(document, { opened, closed: () => {}, text: () => {} }, limits);
  await parsePart(parts.read(name), parser, limits, blockBytes);
}
