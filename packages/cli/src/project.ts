import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout this command belongs to. */
export const projectDir = resolve(fileURLToPath(new URL('../../..', import.meta.url)));

/** Where fetched tools are kept. */
export const toolsDir = join(projectDir, '.ge');
