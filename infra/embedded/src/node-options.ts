import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * What Node is to be told when it runs a service's file: `nodeOptions` of the `package.json` beside it, for instance how far
 * its heap may grow. None where there is no such file.
 */
export function nodeOptionsOf(entry: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(join(dirname(entry), 'package.json'), 'utf8');
  } catch {
    return [];
  }
  return (JSON.parse(text) as { readonly nodeOptions?: readonly string[] }).nodeOptions ?? [];
}
