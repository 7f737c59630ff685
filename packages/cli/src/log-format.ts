import type { FleetLogLine } from './supervisor/service-definition.ts';

const levels: Readonly<Record<string, string>> = {
  '10': 'trace',
  '20': 'debug',
  '30': 'info',
  '40': 'warn',
  '50': 'error',
  '60': 'fatal',
};

/** Fields every line has and nobody wants to read on a terminal. */
const dull = new Set(['level', 'time', 'msg', 'service', 'name', 'pid', 'hostname', 'v']);

/** Colours of the service names, in turn. */
const colours = [36, 32, 33, 35, 34, 96, 92, 93, 95];

/**
 * Makes log lines readable on a terminal: `name | 12:00:01.250 info message {"field":1}`. Elsewhere a line stays as the
 * service wrote it, behind its name. Lines that are not JSON are left as they are.
 */
export function logFormatter(names: readonly string[], terminal: boolean): (line: FleetLogLine) => string {
  const width = Math.max(0, ...names.map((name) => name.length));
  const prefixes = new Map(
    names.map((name, at) => {
      const padded = name.padEnd(width);
      return [name, terminal ? `\u001b[${colours[at % colours.length]}m${padded}\u001b[0m` : padded];
    }),
  );
  return ({ service, line }) => `${prefixes.get(service) ?? service} | ${terminal ? readable(line) : line}`;
}

function readable(line: string): string {
  if (!line.startsWith('{')) return line;
  try {
    const entry = JSON.parse(line) as Record<string, unknown>;
    const time = typeof entry.time === 'number' || typeof entry.time === 'string' ? new Date(entry.time) : undefined;
    const at = time && !Number.isNaN(time.getTime()) ? `${time.toISOString().slice(11, 23)} ` : '';
    const level = levels[String(entry.level)] ?? String(entry.level ?? '');
    const rest = Object.entries(entry).filter(([field]) => !dull.has(field));
    const fields = rest.length > 0 ? ` ${JSON.stringify(Object.fromEntries(rest))}` : '';
    return `${at}${level} ${String(entry.msg ?? '')}${fields}`;
  } catch {
    return line;
  }
}
