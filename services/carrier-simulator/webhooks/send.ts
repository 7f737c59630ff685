import { createHmac } from 'node:crypto';
import type { WebhookWriting } from '../wire/dialect.ts';
import type { Notification, WebhookTarget } from './notification.ts';

const PATIENCE_MS = 10_000;

/**
 * Sends a notification once, signed with HMAC-SHA256 over what the carrier signs of it.
 * @returns the status of the answer; undefined when there was none
 */
export async function sendNotification(
  dialect: WebhookWriting,
  target: WebhookTarget,
  notification: Notification,
  now: Date,
  signal: AbortSignal,
): Promise<number | undefined> {
  const body = JSON.stringify(dialect.writeWebhook(notification));
  const moment = dialect.webhookMoment(now);
  const signed = dialect.signedText(moment, body);
  const digest = createHmac('sha256', dialect.webhookKey(target.secret)).update(signed).digest();
  try {
    const answer = await fetch(target.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...dialect.webhookHeaders({ keyId: target.keyId, moment, digest }),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return undefined;
  }
}
