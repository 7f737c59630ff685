import { ApiProblem, type Problem } from '@ge/api';

/** The problem that a call ends with. Throws when it succeeds or fails otherwise. */
export async function refusedWith(call: Promise<unknown>): Promise<Problem> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiProblem) return error.problem;
    throw error;
  }
  throw new Error('the call was not refused');
}

export const codesOf = (problem: Problem): string[] => problem.errors.map(({ code }) => code);
