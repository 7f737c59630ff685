import { refusalCatalogue } from '@ge/domain';
import { refusedStatus } from '../problem/describe.ts';
import { httpProblems } from '../problem/httpProblems.ts';

/** One code as the documentation shows it. */
export interface CodeRow {
  readonly code: string;
  readonly status: number;
  readonly rule: string | null;
  readonly en: string;
  readonly zh: string;
  readonly remedyEn: string;
  readonly remedyZh: string;
}

/** Every code that an answer may carry: those of the interface, then those of the programme's rules. */
export const codeTable = (): readonly CodeRow[] => [
  ...Object.entries(httpProblems).map(([code, { status, ...texts }]) => ({ code, status, rule: null, ...texts })),
  ...Object.entries(refusalCatalogue).map(([code, texts]) => ({ code, status: refusedStatus, ...texts })),
];
