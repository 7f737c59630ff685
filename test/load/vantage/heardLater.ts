import { ApiProblem } from '@ge/api';
import type { Resolution } from '@ge/audit';
import type { Unanswered } from '../fleet/sending.ts';
import { settled } from './settled.ts';
import type { Vantage } from './vantage.ts';

/**
 * Makes every call again whose answer never came, under its Idempotency-Key: a command that was carried out is answered as it
 * was then, one that was not is carried out now. Returns what is known now once nothing of them is owed, by key.
 */
export async function heardLater(
  unanswered: Unanswered,
  { isOwing, askEveryMs }: Pick<Vantage, 'isOwing' | 'askEveryMs'>,
  stopping: AbortSignal,
): Promise<Map<string, Resolution>> {
  const heard = new Map<string, Resolution>();
  for (const [key, call] of unanswered) heard.set(key, await call().then(accepted, unheard));
  if (heard.size > 0) await settled(isOwing, askEveryMs, stopping);
  return heard;
}

const accepted = (answer: object): Resolution => ({ outcome: 'accepted', answer: { ...answer } });

function unheard(error: unknown): Resolution {
  const { status } = error instanceof ApiProblem ? error.problem : { status: 0 };
  const isRefused = status >= 400 && status < 500 && !passing.has(status);
  return { outcome: isRefused ? 'notAccepted' : 'unknown' };
}

/** Still under way under this key, or too many calls: says nothing about the command. */
const passing: ReadonlySet<number> = new Set([409, 429]);
