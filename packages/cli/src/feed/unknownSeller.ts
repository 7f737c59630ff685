import { ApiProblem } from '@ge/api';
import { UserMistake } from '../mistake.ts';

/** What a call answered about a seller: a mistake of the user's where there is no such seller. */
export const unlessUnknown = (error: unknown, sellerId: string): unknown =>
  error instanceof ApiProblem && error.problem.status === 404
    ? new UserMistake(`There is no seller ${sellerId}.`)
    : error;
