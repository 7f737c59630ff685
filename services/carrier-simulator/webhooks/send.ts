import { createHmac } from 'node:crypto';
import type { WireDialect } from '../wire/dialect.ts';
import type { Notification, WebhookTarget } from './notification.ts';

const PATIENCE_MS = 10_000;

/**
 * Sends a notification once, signed: HMAC-SHA256 over the moment, a point and the very bytes of the body.
 * @returns the status of the answer; undefined when there was none
 */
export async function sendNotification(
  dialect: WireDialect,
  target: WebhookTarget,
  notification: Notification,
  now: Date,
  signal: AbortSignal,
): Promise<number | undefined> {
  const body = JSON.stringify(dialect.writeWebhook(notification));
  const moment = dialect.webhookMoment(now);
  const digest = createHmac('sha256', target.secret).update(`${moment}.`).update(body).digest();
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
