import type { Command } from 'commander';

export interface Lesson {
  /** Command lines, with a word on those that do not speak for themselves. */
  readonly examples: readonly (string | readonly [line: string, why: string])[];
  /** What the exit code says, beyond the codes every command has. */
  readonly exitCodes: Readonly<Record<string, string>>;
}

/** Ends the help of a command with examples and exit codes. */
export function teach(command: Command, { examples, exitCodes }: Lesson): Command {
  const lines = examples.map((example) => (typeof example === 'string' ? ([example, ''] as const) : example));
  const width = Math.max(...lines.filter(([, why]) => why !== '').map(([line]) => line.length));
  const codes: Record<string, string> = {
    2: 'it was asked for wrongly',
    130: 'Ctrl-C; 143 after SIGTERM, 129 after SIGHUP',
    ...exitCodes,
  };
  const said = [
    '\nExamples:',
    ...lines.map(([line, why]) => `  ${why === '' ? line : `${line.padEnd(width)}  # ${why}`}`),
    '\nExit codes:',
    ...Object.entries(codes).map(([code, meaning]) => `  ${code.padEnd(4)}  ${meaning}`),
  ];
  return command.addHelpText('after', said.join('\n'));
}
