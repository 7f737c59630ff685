import type { AnyHandler } from './http/handler.ts';
import * as operations from './operations/operations.ts';

/** Files whose exports are handlers. A new file is one import and one line here; the server's table follows. */
const files: readonly Readonly<Record<string, AnyHandler>>[] = [operations];

export const handlers: readonly AnyHandler[] = files.flatMap((file) => Object.values(file));
