/** A JSON array with one record a line, so that it can be read line by line as well, and differences show. */
export function* recordLines(records: Iterable<unknown>): Generator<string> {
  let first = true;
  for (const record of records) {
    yield `${first ? '[\n' : ',\n'}${JSON.stringify(record)}`;
    first = false;
  }
  yield first ? '[]\n' : '\n]\n';
}

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null;

const WIDTH = 118;

/** Nested JSON for people: what fits on a line stands on one. */
export const readableJson = (value: unknown): string => `${nested(value, '')}\n`;

function nested(value: unknown, indent: string): string {
  const flat = JSON.stringify(value);
  if (!isPlain(value) || indent.length + flat.length <= WIDTH) return flat;
  const inner = `${indent}  `;
  const list = Array.isArray(value);
  const parts = list
    ? value.map((part) => `${inner}${nested(part, inner)}`)
    : Object.entries(value)
        .filter(([, part]) => part !== undefined)
        .map(([name, part]) => `${inner}${JSON.stringify(name)}: ${nested(part, inner)}`);
  return `${list ? '[' : '{'}\n${parts.join(',\n')}\n${indent}${list ? ']' : '}'}`;
}
