import { readdir, readFile } from 'node:fs/promises';

/** Linux counts in hundredths of a second. */
const tickMs = 10;

/** CPU time of a process so far, in milliseconds; 0 where it is gone, or where this is no Linux. */
export async function cpuMs(pid: number | undefined): Promise<number> {
  const fields = await statOf(pid);
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * tickMs;
}

/** The same of a process with its children, those that have ended among them: a PostgreSQL is one process a connection. */
export async function cpuMsWithChildren(pid: number | undefined): Promise<number> {
  if (pid === undefined) return 0;
  const own = await statOf(pid);
  let ms = (Number(own[13] ?? 0) + Number(own[14] ?? 0)) * tickMs + (await cpuMs(pid));
  for (const name of await readdir('/proc').catch(() => [])) {
    const child = Number(name);
    if (child > 0 && (await statOf(child))[1] === String(pid)) ms += await cpuMs(child);
  }
  return ms;
}

/** What follows the name in `/proc/<pid>/stat`, which may hold blanks itself: state, parent, … */
async function statOf(pid: number | undefined): Promise<string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
}

/** The most memory a process has had at once, in MB, by Linux' own account. */
export async function peakMb(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1_024;
}
