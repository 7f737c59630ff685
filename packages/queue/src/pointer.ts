/**
 * What Redis carries of a message: where its row is. `gen` grows whenever the row comes back, so that an id is never
 * added twice for two different turns, and a pointer left over from an earlier turn is recognised as stale.
 */
export interface Pointer {
  readonly id: number;
  readonly gen: number;
}

/** BullMQ refuses ids made of digits only and ids with a colon; `<id>-<gen>` is neither. */
export const jobIdOf = (pointer: Pointer): string => `${pointer.id}-${pointer.gen}`;

/** null when the id was not made by `jobIdOf`: then it is a job that a producer put straight into BullMQ. */
export function pointerOf(jobId: string | undefined): Pointer | null {
  const match = /^(\d{1,16})-(\d{1,9})$/.exec(jobId ?? '');
  return match ? { id: Number(match[1]), gen: Number(match[2]) } : null;
}
