import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectDir } from '../../src/project.ts';
import { capacityModel } from './capacity.ts';
import { configurationDocument } from './configuration.ts';
import { errorsDocument } from './errors.ts';
import { jobsDocument } from './jobs.ts';

const read = (file: string): string => readFileSync(join(projectDir, 'docs', file), 'utf8');

/** A document with one part of it written anew, which stands between `<!-- name: … -->` and `<!-- end of name -->`. */
function withPart(document: string, name: string, part: string): string {
  const place = new RegExp(`(<!-- ${name}: [^>]* -->\\n)[\\s\\S]*(\\n<!-- end of ${name} -->)`);
  if (!place.test(document)) throw new Error(`there is no place for ${name}`);
  return document.replace(place, (_, begin: string, end: string) => `${begin}\n${part}\n${end}`);
}

/** Every document that is made from code, or has a part that is, by its name in `docs/`. */
export const documents = async (): Promise<Readonly<Record<string, string>>> => ({
  'errors.md': errorsDocument(),
  'jobs.md': jobsDocument(),
  'configuration.md': await configurationDocument(),
  'scale.md': withPart(read('scale.md'), 'capacity', capacityModel(read('performance.md'))),
});
