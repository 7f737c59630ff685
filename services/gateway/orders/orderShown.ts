import type { Locale, Order, OrderLine } from '@ge/domain';
import { findingsOf } from '../http/accepted.ts';

/** Lines as an answer shows them: refusals in the language of the request. */
export const linesShown = (lines: readonly OrderLine[], locale: Locale) =>
  lines.map((line) => ({ ...line, refusals: findingsOf(line.refusals, locale) }));

export const orderShown = <O extends Order>(order: O, locale: Locale) => ({
  ...order,
  lines: linesShown(order.lines, locale),
});
