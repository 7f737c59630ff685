import { readdir, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import type { FleetProcess } from './fleetUnderLoad.ts';

/** Milliseconds of CPU that processes have used so far, by name; with those they started. Linux only: elsewhere empty. */
export async function cpuOf(processes: readonly FleetProcess[]): Promise<Map<string, number>> {
  const stats = await statsOfAll();
  const used = new Map<string, number>();
  for (const { name, pid: current } of processes) {
    const pid = current?.();
    if (pid === undefined || !stats.has(pid)) continue;
    let sum = 0;
    for (const [id, { parent, ms }] of stats) if (id === pid || parent === pid) sum += ms;
    used.set(name, (used.get(name) ?? 0) + sum);
  }
  used.set(generatorName, process.cpuUsage().user / 1_000 + process.cpuUsage().system / 1_000);
  return used;
}

/** What the load itself costs stands beside what it costs the fleet. */
export const generatorName = 'this generator';

async function statsOfAll(): Promise<Map<number, { readonly parent: number; readonly ms: number }>> {
  const names = await readdir('/proc').catch(() => []);
  const stats = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
        const fields = text.slice(text.lastIndexOf(') ') + 2).split(' ');
        // Linux counts in hundredths of a second.
        return [
          Number(name),
          { parent: Number(fields[1]), ms: (Number(fields[11]) + Number(fields[12])) * 10 },
        ] as const;
      }),
  );
  return new Map(stats.filter(([, { ms }]) => Number.isFinite(ms)));
}

/** Milliseconds that the machine's cores have been busy since it began, for whomever. */
export const machineBusyMs = (): number =>
  cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);
