import type { Route } from '../route/route.ts';
import * as operations from './operations.ts';

/** The routes by noun, for callers: `routes.operations.getOperation`. A new noun is one import and one line here. */
export const routes = {
  operations,
} as const;

const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'path' in value && 'scopes' in value && 'responses' in value;

/** Every route of the API. The document, the server's table and the access tests are derived from this list. */
export const routeCatalogue: readonly Route[] = Object.values(routes).flatMap((noun) =>
  Object.values<unknown>(noun).filter(isRoute),
);
