import type { IncomingMessage } from 'node:http';
import { bytesOf } from './bytesOf.ts';
import { HttpRefusal } from './refused.ts';

/** Levels of arrays and objects in a body; deeper ones are refused before they are parsed. */
const maxDepth = 32;

/** Escapes that may stand for what no text in PostgreSQL can hold: NUL and halves of surrogate pairs. */
const suspicious = /\\u(0000|d[89a-f])/i;

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, entry]) => isStorable(key) && isStorable(entry));
}

/** Reads a JSON body of at most `maxBytes`. Throws `http.unsupported_media_type`, `http.too_large`, `http.malformed_json`. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (mediaType !== 'application/json' || encoding !== 'identity') throw new HttpRefusal('http.unsupported_media_type');
  const text = new TextDecoder('utf-8', { fatal: true });
  try {
    const body = text.decode(await readBytes(request, maxBytes));
    if (depthOf(body) > maxDepth) throw new HttpRefusal('http.malformed_json');
    const value: unknown = JSON.parse(body);
    if (suspicious.test(body) && !isStorable(value)) throw new HttpRefusal('http.malformed_json');
    return value;
  } catch (error) {
    if (error instanceof HttpRefusal) throw error;
    if (error instanceof TypeError || error instanceof SyntaxError) throw new HttpRefusal('http.malformed_json');
    throw error;
  }
}

/** Reads a whole body. Throws `http.too_large`, without reading on, past `maxBytes`. */
export async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw new HttpRefusal('http.too_large');
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of bytesOf(request)) {
    size += part.length;
    if (size > maxBytes) throw new HttpRefusal('http.too_large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** How deep brackets are nested, outside of strings. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (character === '"') inString = !inString;
    else if (inString) at += character === '\\' ? 1 : 0;
    else if (character === '[' || character === '{') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (character === ']' || character === '}') depth -= 1;
  }
  return deepest;
}
