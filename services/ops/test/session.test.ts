import { expect, test } from 'vitest';
import { freshly } from '../freshly.ts';
import { LoginAttempts } from '../session/loginAttempts.ts';
import { openSession, renewSession, sealSession, startSession } from '../session/session.ts';
import { Signer } from '../session/signer.ts';

const minute = 60_000;
const limits = { idleMs: 30 * minute, maxMs: 120 * minute };
const signer = new Signer('0123456789abcdef0123456789abcdef');

test('a session lives while it is used, but never longer than its bound', () => {
  let session = startSession('key_1', 0, limits);
  let now = 0;
  for (; now <= 110 * minute; now += 10 * minute) {
    expect(openSession(signer, sealSession(signer, session), now)).toEqual(session);
    session = renewSession(session, now, limits) ?? session;
  }
  expect(session.expiresAt).toBe(120 * minute);
  expect(openSession(signer, sealSession(signer, session), 120 * minute)).toBeNull();
});

test('an unused session ends after its idle time, and a fresh cookie is not renewed', () => {
  const session = startSession('key_1', 0, limits);
  expect(openSession(signer, sealSession(signer, session), 30 * minute - 1)).toEqual(session);
  expect(openSession(signer, sealSession(signer, session), 30 * minute)).toBeNull();
  expect(renewSession(session, minute, limits)).toBeNull();
});

test('a signature for one purpose is worth nothing for another, nor under another secret', () => {
  const sealed = sealSession(signer, startSession('key_1', 0, limits));
  const [text = ''] = sealed.split('.');
  expect(openSession(signer, `${text}.${signer.sign('csrf', text)}`, 0)).toBeNull();
  expect(openSession(new Signer('another secret of thirty-two bytes'), sealed, 0)).toBeNull();
});

test('addresses of one IPv6 network count together, and a window ends', () => {
  const attempts = new LoginAttempts(2, 10_000);
  expect(attempts.begin('2001:db8::1', 0)).toBe(0);
  expect(attempts.begin('2001:db8:0:0:9::7', 1)).toBe(0);
  expect(attempts.begin('2001:db8::2', 1_000)).toBe(9);
  expect(attempts.begin('2001:db8:0:1::2', 1_000)).toBe(0);
  expect(attempts.begin('::1', 1_000)).toBe(0);
  expect(attempts.begin('::ffff:10.0.0.1', 1_000)).toBe(0);
  expect(attempts.begin('2001:db8::1', 10_000)).toBe(0);
});

test('those who ask at once share one reading; a failed one is not kept', async () => {
  let reads = 0;
  const read = freshly(async () => {
    reads += 1;
    if (reads === 1) throw new Error('away');
    return reads;
  }, 10_000);
  await expect(read()).rejects.toThrow('away');
  expect(await Promise.all([read(), read(), read()])).toEqual([2, 2, 2]);
  expect(await read()).toBe(2);
});
