import { describe, expect, it } from 'vitest';
import { describeWhy, type MessageStanding, whyCatalogue, whyEnded, whyMessage } from '../../src/index.ts';

const now = new Date('2026-11-26T08:00:00Z');
const later = new Date('2026-11-26T09:00:00Z');

const standing: MessageStanding = {
  queue: 'label-purchase',
  sellerId: 'S-1',
  state: 'ready',
  dueAt: null,
  attempts: 0,
  crashes: 0,
  snoozes: 0,
  lastError: null,
  fingerprint: null,
  cancelReason: null,
  isRunning: false,
  isRelayed: true,
  pauses: [],
  ahead: 0,
};
const pause = { queue: 'label-purchase', sellerId: '*', reason: 'repair', by: 'key_1' };
const codes = (change: Partial<MessageStanding>) => whyMessage({ ...standing, ...change }, now).map(({ code }) => code);

describe('what a message waits for', () => {
  it.each([
    ['its turn', {}, ['message.in_turn']],
    ['those of its seller before it', { ahead: 7 }, ['message.behind_own']],
    ['its time', { dueAt: later }, ['message.not_due']],
    ['nothing but the next look where its time has come', { dueAt: now }, ['message.in_turn']],
    ['another attempt', { dueAt: later, attempts: 2, lastError: 'x' }, ['message.retrying']],
    ['what it put itself off for', { dueAt: later, snoozes: 2, lastError: 'x' }, ['message.snoozed']],
    ['the worker that has it', { isRunning: true, pauses: [pause] }, ['message.running']],
    ['a person, where it is dead', { state: 'dead', lastError: 'x', isRelayed: false }, ['message.dead']],
    ['a relay', { isRelayed: false }, ['message.not_relayed']],
    [
      'its end, where it was cancelled, whoever is paused',
      { cancelReason: 'x', pauses: [pause] },
      ['message.cancelled'],
    ],
    [
      'its time and the pause behind it',
      { dueAt: later, pauses: [pause] },
      ['message.not_due', 'message.queue_paused'],
    ],
    ['a run alone, where processes died of it', { crashes: 2 }, ['message.in_turn', 'message.suspect']],
  ] as const)('%s', (_, change, expected) => {
    expect(codes(change as Partial<MessageStanding>)).toEqual(expected);
  });

  it('every pause that holds it back, and who set it', () => {
    const pauses = ['label-purchase', '*'].flatMap((queue) =>
      ['*', 'S-1'].map((sellerId) => ({ ...pause, queue, sellerId })),
    );
    const reasons = whyMessage({ ...standing, pauses }, now);
    expect(reasons.map(({ code }) => code)).toEqual([
      'message.queue_paused',
      'message.seller_paused_in_queue',
      'message.everything_paused',
      'message.seller_paused',
    ]);
    expect(describeWhy(reasons[0]!, 'en-US').message).toBe('The queue label-purchase is paused by key_1: repair');
  });

  it('its time, where that is known', () => {
    expect(whyMessage({ ...standing, dueAt: later }, now)[0]!.until).toEqual(later);
  });

  it('is nothing once it ended', () => {
    expect(whyEnded({ outcome: 'skip', reason: 'x' })).toMatchObject({ code: 'message.ended_because' });
    expect(whyEnded({ outcome: 'done', reason: null })).toMatchObject({ code: 'message.ended' });
    expect(whyEnded(null)).toMatchObject({ code: 'message.forgotten' });
  });
});

describe('the sentences', () => {
  it('speak both languages with the same placeholders', () => {
    const names = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
    for (const [code, texts] of Object.entries(whyCatalogue)) {
      expect(texts.zh, code).toMatch(/\p{Script=Han}/u);
      expect(texts.en, code).not.toMatch(/\p{Script=Han}/u);
      expect(names(texts.zh), code).toEqual(names(texts.en));
      expect(names(texts.nextZh), code).toEqual(names(texts.nextEn));
    }
  });

  it('leave no placeholder open', () => {
    const all = [
      { state: 'dead' },
      { lastError: 'x', dueAt: later },
      { snoozes: 1, lastError: 'x', dueAt: later },
      { cancelReason: 'x', isRelayed: false },
      { pauses: [pause, { ...pause, queue: '*', sellerId: 'S-1' }], crashes: 1, ahead: 2 },
    ] as Partial<MessageStanding>[];
    for (const reason of all.flatMap((change) => whyMessage({ ...standing, ...change }, now)))
      for (const text of Object.values(describeWhy(reason, 'zh-CN'))) expect(text).not.toMatch(/\{\w+\}/);
  });
});
