import { fileURLToPath } from 'node:url';
import { passingFolder, stateFolder } from '@ge/embedded';

export const toolsDir = stateFolder(fileURLToPath(new URL('../../..', import.meta.url)));

/** A folder of this run's own that goes with it. */
export const runFolder = () => passingFolder(toolsDir, 'run');
