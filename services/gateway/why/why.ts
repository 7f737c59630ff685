import { routes } from '@ge/api';
import { whyOf } from '@ge/database';
import { describeWhy, type WhyReason } from '@ge/domain';
import { handle } from '../http/handler.ts';
import { found } from '../http/refused.ts';
import { messageShown } from '../messages/messageShown.ts';

export const askWhy = handle(routes.why.askWhy, async ({ tx, query, now, locale }) => {
  const why = found(await whyOf(tx, query.id, now));
  const told = (reasons: readonly WhyReason[]) =>
    reasons.map((reason) => ({ code: reason.code, until: reason.until, ...describeWhy(reason, locale) }));
  return {
    status: 200,
    body: {
      ...why,
      reasons: told(why.reasons),
      messages: why.messages.map(({ message, reasons }) => ({ ...messageShown(message), reasons: told(reasons) })),
      related: why.related.map(({ kind, id, state = null }) => ({ kind, id, state })),
    },
  };
});
