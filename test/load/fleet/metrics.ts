import type { FleetProcess } from './fleetUnderLoad.ts';
import { type JobSums, jobSums } from './phases.ts';

/** What the fleet's processes say of themselves. */
export interface Said {
  readonly sums: ReadonlyMap<string, JobSums>;
  /** How late timers came at the 99th percentile since somebody last asked, in milliseconds, by process. */
  readonly lagMs: Readonly<Record<string, number>>;
  /** Milliseconds of CPU since each began. */
  readonly cpuMs: Readonly<Record<string, number>>;
}

/** Asks all of them; one that is away says nothing. Asking begins the lag anew. */
export async function askProcesses(processes: readonly FleetProcess[]): Promise<Said> {
  const texts = await Promise.all(
    processes
      .filter(({ healthUrl }) => healthUrl !== null)
      .map(async ({ name, healthUrl }) => [name, await metricsOf(healthUrl!)] as const),
  );
  return {
    sums: jobSums(texts.map(([, text]) => text).join('\n')),
    cpuMs: Object.fromEntries(texts.flatMap(([name, text]) => cpuIn(text).map((ms) => [name, ms]))),
    lagMs: Object.fromEntries(texts.flatMap(([name, text]) => lagIn(text).map((ms) => [name, ms]))),
  };
}

const metricsOf = (healthUrl: string): Promise<string> =>
  fetch(`${healthUrl}/metrics`, { signal: AbortSignal.timeout(5_000) })
    .then((answer) => answer.text())
    .catch(() => '');

/** The delay of an idle loop, which the measurement's own timer has. */
const resolutionMs = 10;

function lagIn(text: string): number[] {
  const seconds = /^nodejs_eventloop_lag_p99_seconds(?:\{[^}]*\})? (\S+)$/m.exec(text)?.[1];
  const ms = Number(seconds) * 1_000 - resolutionMs;
  return Number.isFinite(ms) ? [Math.max(0, Math.round(ms * 10) / 10)] : [];
}

function cpuIn(text: string): number[] {
  const seconds = /^process_cpu_seconds_total(?:\{[^}]*\})? (\S+)$/m.exec(text)?.[1];
  return seconds === undefined ? [] : [Math.round(Number(seconds) * 1_000)];
}
