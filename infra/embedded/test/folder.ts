import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { discardFolder, keepFolder } from '../src/index.ts';

/** A folder for one test, with a space in its name, removed when the test ends. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ge embedded '));
  chmodSync(folder, 0o711);
  discardFolder(folder);
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
    keepFolder(folder);
  });
  return folder;
}
