import { accept, type Decision, refuse } from '../refusal/refusal.ts';
import type { LabelBatch, LabelBatchState } from './labelBatch.ts';
import { labelBatchRefusals } from './labelBatchRefusals.ts';

/** Only what is not cancelled can be paused, and go on; either may be asked for again. */
const steer = (batch: LabelBatch, state: LabelBatchState): Decision<LabelBatch> =>
  batch.state === 'cancelled'
    ? refuse(labelBatchRefusals.refusal('label_batch.cancelled', ''))
    : accept({ ...batch, state });

/** Holds back what was not sent to a carrier. */
export const pauseLabelBatch = (batch: LabelBatch): Decision<LabelBatch> => steer(batch, 'paused');

export const resumeLabelBatch = (batch: LabelBatch): Decision<LabelBatch> => steer(batch, 'open');

/** Ends what was not sent to a carrier, for good; what was sent ends as it ends. Asked for again, it changes nothing. */
export const cancelLabelBatch = (batch: LabelBatch): LabelBatch => ({ ...batch, state: 'cancelled' });
