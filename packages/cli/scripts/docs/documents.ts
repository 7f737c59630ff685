import { configurationDocument } from './configuration.ts';
import { errorsDocument } from './errors.ts';
import { jobsDocument } from './jobs.ts';

/** Every document that is made from code, by its name in `docs/`. */
export const documents = async (): Promise<Readonly<Record<string, string>>> => ({
  'errors.md': errorsDocument(),
  'jobs.md': jobsDocument(),
  'configuration.md': await configurationDocument(),
});
