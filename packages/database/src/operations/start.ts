import type { OperationId, SellerId } from '@ge/domain';
import { OperationEntity } from '../entities/index.ts';
import { newId } from '../identity/newId.ts';
import { appendMessages, type Outgoing } from '../messages/append.ts';
import type { Transaction } from '../transaction.ts';

/**
 * Accepts a command: the operation that a 202 points to, and the messages that carry it out, in the caller's transaction.
 * Returns the operation's id.
 */
export async function startOperation(
  tx: Transaction,
  operation: { readonly kind: string; readonly sellerId: SellerId | null; readonly now: Date },
  messages: readonly Outgoing[],
): Promise<OperationId> {
  const id = newId<OperationId>('op');
  await tx.insert(OperationEntity, [
    {
      id,
      sellerId: operation.sellerId,
      kind: operation.kind,
      commandNo: messages.find(({ commandNo }) => commandNo != null)?.commandNo ?? null,
      state: messages.length === 0 ? 'closed' : 'open',
      total: messages.length,
      fannedOut: true,
      createdAt: operation.now,
      closedAt: messages.length === 0 ? operation.now : null,
    },
  ]);
  await appendMessages(
    tx,
    messages.map((message) => ({ ...message, operationId: id })),
  );
  return id;
}
