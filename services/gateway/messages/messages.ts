import { routes } from '@ge/api';
import { messageHistory } from '@ge/database';
import { handle } from '../http/handler.ts';
import { found } from '../http/refused.ts';
import { messageShown } from './messageShown.ts';

export const getMessage = handle(routes.messages.getMessage, async ({ tx, params }) => {
  const { message, log } = found(await messageHistory(tx, params.messageId));
  return { status: 200, body: { message: message && messageShown(message), history: log } };
});
