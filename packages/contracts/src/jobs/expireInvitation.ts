import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { invitationId } from '../payload.ts';

export const expireInvitation = defineJob({
  name: 'expire-invitation',
  queue: 'enrollment-invitations',
  payload: z.strictObject({ invitationId, revision: z.int().positive() }),
  why: 'Fourteen days after an invitation, ends it if it is still open (R1).',
});
