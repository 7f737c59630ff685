import type { FeedLimits, WorkbookContext } from '../format.ts';
import { readSharedTexts, SharedTexts } from './shared-texts.ts';
import { readZeroFormats, type ZeroFormats } from './zero-formats.ts';
import type { ZipParts } from './zip-parts.ts';

/** What the cells of all sheets refer to by number. */
export interface SharedParts {
  readonly texts: SharedTexts;
  readonly formats: ZeroFormats;
}

/** Names of the parts that hold it; null where the workbook has none. */
export type SharedPartNames = Pick<WorkbookContext, 'texts' | 'styles'>;

/** @throws FeedStop GE-15038, GE-15039 when there is too much in them; whatever a part may throw */
export async function readSharedParts(
  parts: ZipParts,
  { texts, styles = null }: SharedPartNames,
  limits: FeedLimits,
  blockBytes: number,
): Promise<SharedParts> {
  return {
    texts: texts === null ? new SharedTexts(0) : await readSharedTexts(parts.read(texts), limits, blockBytes),
    formats: styles === null ? new Uint8Array(0) : await readZeroFormats(parts.read(styles), limits, blockBytes),
  };
}
