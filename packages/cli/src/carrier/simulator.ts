import type { Command } from 'commander';
import { FleetAnswer } from '../fleet-answer.ts';
import { fleetSecrets } from '../fleet-secrets.ts';
import { UserMistake } from '../mistake.ts';
import { fleetFolder, runningFleet } from '../running-fleet.ts';

/** Which simulator, as every command of `ge carrier` is told. */
export interface Which {
  readonly url?: string;
  readonly token?: string;
  readonly json?: boolean;
}

export const whichSimulator =
  'Asks the carrier simulator of the fleet that `ge up` runs in this checkout; --url and --token, or GE_CARRIER_URL and ' +
  'GE_CARRIER_TOKEN, name another one.';

/** What every command of `ge carrier` may end with. */
export const simulatorExitCodes = { 0: 'done', 1: 'the simulator refused, or does not answer' };

export const simulatorOptions = (command: Command): Command =>
  command
    .option('--url <address>', 'of the simulator, for instance http://127.0.0.1:8090')
    .option('--token <token>', 'its ADMIN_TOKEN')
    .option('--json', 'print what the simulator answers as one object');

export type Ask = <T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) => Promise<T>;

/**
 * Asks a simulator's control API. What it says is taken as it is: it is part of this project, and says of every answer that it
 * comes from it.
 * @throws UserMistake where no simulator is named, or the body is not understood; FleetAnswer for what it refuses
 */
export function simulatorOf(which: Which, notFound = 'There is no such thing at the simulator.'): Ask {
  const { url, token } = findSimulator(which, process.env);
  return async <T>(method: string, path: string, body?: object): Promise<T> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) }).catch(
      (error: Error) => {
        const { code } = (error.cause ?? {}) as { readonly code?: string };
        throw new FleetAnswer(`Nothing answers at ${url} (${code ?? error.message}).`, { cause: error });
      },
    );
    if (!answer.headers.has('x-carrier-simulator'))
      throw new FleetAnswer(`What answers at ${url} is no carrier simulator.`);
    const said = (await answer.json()) as T & { readonly issues?: Issues };
    if (answer.ok) return said;
    if (answer.status === 400)
      throw new UserMistake(`The simulator does not understand that: ${inOneLine(said.issues)}`);
    if (answer.status === 401) throw new FleetAnswer(`The simulator at ${url} does not know this token.`);
    throw new FleetAnswer(answer.status === 404 ? notFound : `The simulator answered ${answer.status}.`);
  };
}

interface Issues {
  readonly formErrors?: readonly string[];
  readonly fieldErrors?: Readonly<Record<string, readonly string[]>>;
}

function inOneLine(issues: Issues | undefined): string {
  const fields = Object.entries(issues?.fieldErrors ?? {}).map(([field, said]) => `${field}: ${said[0]}`);
  return [...(issues?.formErrors ?? []), ...fields][0] ?? 'it is malformed.';
}

function findSimulator(
  { url, token }: Which,
  env: NodeJS.ProcessEnv,
): { readonly url: string; readonly token: string } {
  const named = url ?? env.GE_CARRIER_URL;
  const given = token ?? env.GE_CARRIER_TOKEN;
  if (named) {
    if (!URL.canParse(named) || !/^https?:$/.test(new URL(named).protocol))
      throw new UserMistake(`--url takes an address such as http://127.0.0.1:8090, not ${named}.`);
    if (!given)
      throw new UserMistake('The simulator is named, and its ADMIN_TOKEN is missing: --token, or GE_CARRIER_TOKEN.');
    return { url: named.replace(/\/+$/, ''), token: given };
  }
  const folder = fleetFolder(undefined);
  const port = runningFleet(folder)?.services.find(({ name }) => name === 'carrier-simulator')?.ports.PORT;
  if (port === undefined)
    throw new UserMistake('No fleet runs here. `ge up` starts one; --url and --token name a simulator elsewhere.');
  return { url: `http://127.0.0.1:${port}`, token: given || fleetSecrets(folder).carrierAdminToken };
}
