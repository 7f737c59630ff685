import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UserMistake } from '../mistake.ts';

/** Makes sure, before anything is started, that results can be put there. @throws UserMistake in words */
export function prepareResults(folder: string): void {
  const missing: string[] = [];
  for (let at = resolve(folder); !existsSync(at); at = dirname(at)) missing.unshift(at);
  try {
    // Level by level: Node's recursive mkdir never ends on a file system that takes no folders.
    for (const level of missing) mkdirSync(level);
    accessSync(folder, constants.W_OK);
  } catch {
    throw new UserMistake(`${folder} cannot be written to: name another folder with --out.`);
  }
}
