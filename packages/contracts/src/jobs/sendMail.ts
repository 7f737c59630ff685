import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { mailId } from '../payload.ts';

export const sendMail = defineJob({
  name: 'send-mail',
  queue: 'enrollment-invitations',
  payload: z.strictObject({ mailId }),
  options: { batchSize: 50 },
  why: 'Hands one mail to the mail server; done when the server accepted it and the row says so.',
});
