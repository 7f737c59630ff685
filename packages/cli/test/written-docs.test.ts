import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documents } from '../scripts/docs/documents.ts';
import { projectDir } from '../src/project.ts';

const written = await documents();

test.for(Object.keys(written))('docs/%s says what the code says (otherwise: pnpm run docs)', (file) => {
  expect(readFileSync(join(projectDir, 'docs', file), 'utf8')).toBe(written[file]);
});
