import type { Latencies } from './latencies.ts';

/** For instance `p99=200ms`: that share of all commands is answered within that time, from the intended start. */
export interface Objective {
  readonly percent: number;
  readonly ms: number;
  readonly text: string;
}

/** Null when it is none: `p50=80ms`, `p99.9=1s`, `max=2s`. */
export function parseObjective(text: string): Objective | null {
  const match = /^(?:p(\d{1,2}(?:\.\d{1,3})?)|max)=(\d+(?:\.\d+)?)(ms|s)$/.exec(text.trim());
  if (!match) return null;
  const percent = match[1] === undefined ? 100 : Number(match[1]);
  const ms = Number(match[2]) * (match[3] === 's' ? 1_000 : 1);
  return percent > 0 && ms > 0 ? { percent, ms, text: text.trim() } : null;
}

export interface Judged {
  readonly objective: string;
  readonly limitMs: number;
  readonly foundMs: number;
  readonly met: boolean;
}

export const judge = (objectives: readonly Objective[], response: Latencies): Judged[] =>
  objectives.map(({ percent, ms, text }) => {
    const foundMs = response.at(percent);
    return { objective: text, limitMs: ms, foundMs, met: foundMs <= ms };
  });

/** Seconds of `20s`, `500ms`, `2m` or a bare number; null when it is none or nothing. */
export function parseDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text.trim());
  if (!match) return null;
  const seconds = Number(match[1]) * { ms: 0.001, s: 1, m: 60, h: 3_600 }[(match[2] ?? 's') as 's'];
  return seconds > 0 && seconds <= 86_400 ? seconds : null;
}
