/** Why a carrier is not called for a while: it is given time, people have stopped it, or it wants no calls itself. */
export type NotCalledReason = 'down' | 'stopped' | 'asked';

/** Why one call did not leave, or was sent back unread. `limit`: more calls than are allowed. `late`: its time is up. */
export type HeldReason = NotCalledReason | 'limit' | 'late';
