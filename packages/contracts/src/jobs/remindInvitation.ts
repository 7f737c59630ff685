import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { invitationId } from '../payload.ts';

export const remindInvitation = defineJob({
  name: 'remind-invitation',
  queue: 'enrollment-invitations',
  payload: z.strictObject({ invitationId, revision: z.int().positive() }),
  cancel: 'yes',
  why: 'Seven days after an invitation, writes the reminder if it is still open (R1).',
});
