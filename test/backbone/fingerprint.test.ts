import { fingerprintOf, newId, reasonAlike } from '@ge/database';
import { expect, test } from 'vitest';

const buy = { queue: 'label-purchase', name: 'buy-label' };

test.for([
  [
    'DatabaseError 23505: duplicate key value violates "skus_pkey"',
    'DatabaseError 23505: duplicate key value violates …',
  ],
  [`there is no template ${newId('tpl')}`, 'there is no template …'],
  ['order T4711-2 has 3 lines', 'order # has # lines'],
  ['snoozed 10000 times: the carrier did not answer', 'snoozed # times: the carrier did not answer'],
  ['Error: connect ECONNREFUSED 127.0.0.1:5432', 'Error: connect ECONNREFUSED #'],
  ['request 0b8f2c1e-9f0a-4a53-8f5e-2f6ad4d1c111 was refused', 'request … was refused'],
  ['ship from ‘Haus 7’ is unknown', 'ship from … is unknown'],
] as const)('a reason keeps its words and loses its own case: %s', ([reason, alike]) => {
  expect(reasonAlike(reason)).toBe(alike);
});

test('messages that died alike share a fingerprint; another job, queue, error or code has another', () => {
  const of = (reason: string, message = buy) => fingerprintOf(message, reason);
  const first = of('DatabaseError 23505: row 17 of "A"');
  expect(first).toMatch(/^[0-9a-f]{12}$/);
  expect(of('DatabaseError 23505: row 18 of "B"')).toBe(first);
  const others = [
    of('DatabaseError 23503: row 17 of "A"'),
    of('DatabaseError 23505: column 17 of "A"'),
    of('DatabaseError 23505: row 17 of "A"', { ...buy, name: 'void-label' }),
    of('DatabaseError 23505: row 17 of "A"', { ...buy, queue: 'region-fanout' }),
  ];
  expect(new Set([first, ...others]).size).toBe(5);
});
