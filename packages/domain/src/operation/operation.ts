import type { CommandNo, OperationId, SellerId } from '../identity/ids.ts';

/** What a 202 points to: how far a command and everything that follows from it has come. */
export interface Operation {
  readonly id: OperationId;
  /** null = programme-wide. */
  readonly sellerId: SellerId | null;
  readonly kind: string;
  /** Its command's place in the seller's order of commands; null for what draws none, and for the whole programme. */
  readonly commandNo: CommandNo | null;
  readonly state: 'open' | 'closed';
  /** Messages counted so far; final once `fannedOut`. */
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly fannedOut: boolean;
  /** Numbers worth showing, for instance `{ "templatesEnabled": 12 }`. */
  readonly counts: Readonly<Record<string, number>>;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
}
