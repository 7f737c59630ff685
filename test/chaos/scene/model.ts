import type { Applied, Accepted as Journaled, Command as Modelled } from '@ge/audit';
import type { Accepted, Answer } from './accepted.ts';
import type { Command } from './command.ts';
import { confirmedOrders, itemsOf, rowsOf } from './files.ts';
import { guestId, orderId, sellerId, templateId } from './market.ts';

/** An accepted command as the sequential model knows it: with ids in place of the market's numbers. */
export const asModelled = ({ command, no, at, answer }: Accepted): Applied => ({
  command: modelled(command, answer),
  no,
  at,
});

/** As a load generator would write it down, with the answer there at `answeredAt`. */
export function asJournaled(accepted: Accepted, answeredAt: number): Journaled {
  const { command, no } = asModelled(accepted);
  const numbered =
    accepted.command.kind !== 'suspend' && accepted.command.kind !== 'invite' && accepted.command.kind !== 'label';
  const sentAt = accepted.at.getTime();
  return {
    answer: 'accepted',
    door: { by: 'producer' },
    operationId: accepted.answer.operationId,
    commandNo: numbered ? no : null,
    intendedAt: sentAt,
    sentAt,
    answeredAt,
    command,
  };
}

function modelled(command: Command, answer: Answer): Modelled {
  if (command.kind === 'suspend') {
    return { kind: command.active ? 'suspend' : 'lift-suspension', destination: command.destination };
  }
  if (command.kind === 'invite') return { kind: 'invite', sellerId: guestId(command.guest) };
  const id = sellerId(command.seller);
  const of = { sellerId: id };
  switch (command.kind) {
    case 'enroll':
      return { kind: 'enroll', ...of, templates: null };
    case 'leave':
      return { kind: 'deactivate-all', ...of };
    case 'deactivate':
      return { kind: 'deactivate-template', ...of, templateId: templateId(id, command.template) };
    case 'exclude':
      return { kind: 'save-region-setting', ...of, destinations: [...command.destinations] };
    case 'assign':
      return { kind: 'assign-skus', ...of, items: itemsOf(id, command.placings) };
    case 'feed': {
      const rows = rowsOf(id, command.placings);
      return { kind: 'upload-feed', ...of, feedId: null, rowCount: rows.length, rows };
    }
    case 'confirm':
      return { kind: 'upload-confirmations', ...of, feedId: null, orderIds: confirmedOrders(id) };
    case 'label': {
      const order = orderId(id, 'label', command.order);
      return { kind: 'buy-label', ...of, orderId: order, labelId: answer.labelId!, confirms: true };
    }
  }
}
