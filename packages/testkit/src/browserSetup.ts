import { fileURLToPath } from 'node:url';
import { chromiumBinary, SetupProblem, stateFolder } from '@ge/embedded';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Finds or fetches a Chromium for the tests of pages and names it in GE_TEST_CHROMIUM. Where there is none to be had the run
 * says so and leaves these tests out; a build machine (CI) fails instead, so that nothing passes there unseen.
 */
export default async function setup(): Promise<void> {
  try {
    const { program, env } = await chromiumBinary(stateFolder(PROJECT), process.env, (line) =>
      process.stderr.write(`${line}\n`),
    );
    const { LD_LIBRARY_PATH, FONTCONFIG_FILE } = env;
    process.env.GE_TEST_CHROMIUM = JSON.stringify({ program, env: { LD_LIBRARY_PATH, FONTCONFIG_FILE } });
  } catch (error) {
    if (!(error instanceof SetupProblem) || process.env.CI) throw error;
    process.stderr.write(`ge: the pages are not tested in a browser. ${error.message}\n`);
  }
}
