import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the checkout keeps a fetched redis-server. */
export const toolsDir = join(fileURLToPath(new URL('../../..', import.meta.url)), '.ge');
