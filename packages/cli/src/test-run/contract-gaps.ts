import { readFileSync } from 'node:fs';
import { defaultProblems, documentedAnswers, problemsElsewhere, routeCatalogue, statusOfCode } from '@ge/api';

/** What the tests' answers of the API lack or have beyond what the OpenAPI document promises; one line each. */
export interface ContractGaps {
  /** Documented, but no test got it. */
  readonly missing: readonly string[];
  /** Got, but not documented or not as documented. */
  readonly broken: readonly string[];
}

const nameOf = (route: string, status: number, code: string | null): string =>
  [route, status, code ?? ''].join(' ').trimEnd();

/**
 * Holds the record of a whole run (see `observeFetch`) against the document: every route with every status and code, and
 * once at least what may befall any of them.
 */
export function contractGaps(recordFile: string): ContractGaps {
  const lines = linesOf(recordFile).map((line) => JSON.parse(line) as [string, number, string | null]);
  const occurred = new Set(lines.map((line) => nameOf(...line)));
  const codes = new Set(lines.map(([, , code]) => code));
  const promised = [
    ...documentedAnswers(routeCatalogue).map(({ route, status, code }) => nameOf(route, status, code)),
    ...problemsElsewhere.map((code) => nameOf('-', statusOfCode(code), code)),
  ];
  return {
    missing: [
      ...promised.filter((name) => !occurred.has(name)),
      ...defaultProblems.filter((code) => !codes.has(code)).map((code) => `any route: ${code}`),
    ],
    broken: lines.filter(([route]) => route === 'broken').map(([, , said]) => said ?? ''),
  };
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}
