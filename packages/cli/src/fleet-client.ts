import { ApiProblem, type Client, createClient } from '@ge/api';
import { FleetAnswer } from './fleet-answer.ts';
import { fleetSecrets } from './fleet-secrets.ts';
import { UserMistake } from './mistake.ts';
import { fleetFolder, runningFleet } from './running-fleet.ts';

/** What every command says that asks a running fleet. */
export const whichFleet =
  'Asks the fleet that `ge up` runs in this checkout, with its own operator key; GE_URL and GE_KEY name another one.';

/**
 * Runs `work` with a client of the fleet that GE_URL and GE_KEY name, or of the one that runs here. Throws UserMistake where
 * there is none, FleetAnswer with one line for whatever it refuses.
 */
export async function askFleet<T>(
  work: (client: Client) => Promise<T>,
  said: { readonly notFound?: string; readonly conflict?: string } = {},
): Promise<T> {
  const { baseUrl, apiKey } = findFleet(process.env);
  const locale = /^zh/i.test(process.env.LC_ALL ?? process.env.LANG ?? '') ? 'zh-CN' : 'en-US';
  try {
    return await work(createClient({ baseUrl, apiKey, locale }));
  } catch (error) {
    if (error instanceof UserMistake) throw error;
    throw new FleetAnswer(inOneLine(error, baseUrl, said), { cause: error });
  }
}

function findFleet(env: NodeJS.ProcessEnv): { readonly baseUrl: string; readonly apiKey: string } {
  const { GE_URL: url, GE_KEY: key } = env;
  if (url) {
    if (!URL.canParse(url)) throw new UserMistake(`GE_URL is no address: ${url}`);
    if (!key) throw new UserMistake('GE_URL names a fleet, and GE_KEY is missing: an operator key of it.');
    return { baseUrl: url, apiKey: key };
  }
  const folder = fleetFolder(undefined);
  const port = runningFleet(folder)?.services.find(({ name }) => name === 'gateway')?.ports.PORT;
  if (port === undefined)
    throw new UserMistake('No fleet runs here. `ge up` starts one; GE_URL and GE_KEY name one elsewhere.');
  return { baseUrl: `http://127.0.0.1:${port}`, apiKey: key || fleetSecrets(folder).operatorKey };
}

/** What a fleet, or the want of one, has said. */
export function inOneLine(error: unknown, baseUrl: string, said: Parameters<typeof askFleet>[1] = {}): string {
  if (!(error instanceof ApiProblem)) {
    const { message, cause } = error as Error;
    const { code } = (cause ?? {}) as { readonly code?: string };
    return error instanceof TypeError ? `Nothing answers at ${baseUrl} (${code ?? message}).` : message;
  }
  const { status, detail, errors } = error.problem;
  if (status === 401) return `The fleet at ${baseUrl} does not know this key, or it is revoked.`;
  if (status === 403) return 'This key may not do that. `ge keys` shows roles; an admin issues keys.';
  if (status === 404 && said.notFound) return said.notFound;
  if (status === 409 && said.conflict) return said.conflict;
  const [first] = errors;
  const where = first && first.field !== '' ? ` (${first.field}: ${first.message})` : '';
  return `${detail}${where}`;
}
