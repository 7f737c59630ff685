import { z } from 'zod';
import { defineJob } from '../jobContract.ts';
import { mailId } from '../payload.ts';

export const sendMail = defineJob({
  name: 'send-mail',
  queue: 'enrollment-invitations',
  payload: z.strictObject({ mailId }),
  // A mail server may be away, or greylist, for hours: half a day of patience before somebody has to look.
  options: { batchSize: 50, maxAttempts: 60, backoff: { base: 2_000, max: 900_000 } },
  cancel: 'yes',
  why: 'Hands one mail to the mail server; done when the server accepted it and the row says so.',
});
