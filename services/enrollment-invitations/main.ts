import { createMailer } from '@ge/mailer';
import { runService } from '@ge/runtime';
import { config } from './config.ts';
import { expireInvitation } from './expireInvitation.ts';
import { remindInvitation } from './remindInvitation.ts';
import { runCampaign } from './runCampaign.ts';
import { sendMail } from './sendMail.ts';

await runService({
  name: 'enrollment-invitations',
  config,
  setUp: ({ config: told, resources }) => {
    const mailer = createMailer({
      smtpUrl: told.SMTP_URL,
      from: told.MAIL_FROM,
      maxConnections: told.MAIL_CONNECTIONS,
      connectTimeoutMs: Math.min(10_000, told.MAIL_TIMEOUT_MS),
      ...(told.MAIL_UNSUBSCRIBE ? { unsubscribeAddress: told.MAIL_UNSUBSCRIBE } : {}),
    });
    resources.add('mail server', () => mailer.close());
    return [
      runCampaign(told.SELLERS_PER_SLICE),
      remindInvitation,
      expireInvitation,
      sendMail(mailer, {
        callsInFlight: told.MAIL_CONNECTIONS,
        timeoutMs: told.MAIL_TIMEOUT_MS,
        links: { publicUrl: told.PUBLIC_URL, secrets: told.ENROLLMENT_SECRETS },
      }),
    ];
  },
});
