import type { PauseTarget } from '../queries/pauses.ts';

/** What the audit calls the setting of a pause. */
export const pauseAction = 'pause.set';

/** How the audit names what a pause holds back: `label-purchase/*`. Everyone who sets or lifts one writes it down so. */
export const pauseTarget = ({ queue, sellerId }: PauseTarget): string => `${queue}/${sellerId}`;
