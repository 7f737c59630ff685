/**
 * Writes the documents that are made from code: docs/errors.md, docs/jobs.md, docs/configuration.md; and the capacity model
 * of docs/scale.md from the figures of docs/performance.md.
 * Usage: pnpm run docs
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../src/project.ts';
import { documents } from './docs/documents.ts';

for (const [file, text] of Object.entries(await documents())) {
  writeFileSync(join(projectDir, 'docs', file), text);
  console.log(`docs/${file}`);
}
