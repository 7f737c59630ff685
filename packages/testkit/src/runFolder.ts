import { fileURLToPath } from 'node:url';
import { passingFolderInMemory, stateFolder } from '@ge/embedded';

const project = fileURLToPath(new URL('../../..', import.meta.url));

export const toolsDir = stateFolder(project);

/** A folder of this run's own that goes with it. */
export const runFolder = () => passingFolderInMemory(project, 'run');
