import { findDocument, readDocument } from '@ge/documents';
import type { DocumentId } from '@ge/domain';
import type { BytesReply, Call } from './handler.ts';
import { found } from './refused.ts';

/** A stored document as a download. Throws NotFound where there is none (yet). */
export async function documentReply(
  { tx, surroundings }: Pick<Call, 'tx' | 'surroundings'>,
  id: DocumentId | null,
): Promise<BytesReply> {
  const { mediaType, fileName } = found(await findDocument(tx, found(id)));
  return { status: 200, mediaType, fileName, bytes: () => readDocument(surroundings.database, found(id)) };
}
