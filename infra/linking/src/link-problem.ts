import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { SetupProblem } from '@ge/embedded';

/** What is used of the linker's own error. */
interface LinkerError {
  readonly message: string;
  readonly id?: string;
  readonly loc?: { readonly line: number; readonly column: number };
}

/**
 * The first source that stands in the way, in a line: `services/relay/main.ts:14:10: Unexpected token`. What does not come of a
 * source is returned as it is.
 */
export function linkProblem(error: unknown, project: string): unknown {
  const [first] = (error as { readonly errors?: readonly LinkerError[] }).errors ?? [];
  if (!first) return error;
  const [said = ''] = stripVTControlCharacters(first.message).split('\n');
  const file = first.id ? relative(project, first.id) : 'a source';
  const place = first.loc ? `:${first.loc.line}:${first.loc.column + 1}` : '';
  return new SetupProblem(
    `The services cannot be linked: ${file}${place}: ${said.replace(/^\[\w+\] /, '')}`,
    'Mend that file and start again.',
  );
}
