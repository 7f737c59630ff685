import { isEnding, SetupProblem } from '@ge/embedded';
import { Command, CommanderError } from 'commander';
import { registerDemo } from './commands/demo.ts';
import { registerMigrate } from './commands/migrate.ts';
import { registerStatus } from './commands/status.ts';
import { registerTest } from './commands/test.ts';
import { registerUp } from './commands/up.ts';
import { UserMistake } from './mistake.ts';
import { FleetStartProblem } from './supervisor/start-fleet.ts';

/** Every command of `./ge`, in the order the help shows them. */
const commands: readonly ((program: Command) => void)[] = [
  registerUp,
  registerDemo,
  registerTest,
  registerMigrate,
  registerStatus,
];

function buildProgram(): Command {
  const program = new Command('ge')
    .description('The Global Express fleet: the engine behind a cross-border export programme.')
    .usage('<command> [options]')
    .helpCommand('help [command]', 'explain a command')
    .helpOption('-h, --help', 'explain a command')
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'ge: ')) })
    .exitOverride()
    .addHelpText('after', '\nEvery command explains itself with --help.');
  for (const register of commands) register(program);
  // Options such as exitOverride are copied when a command is made, so they hold for all of them.
  return program;
}

/**
 * Runs one command. Exit codes: 0 done, 1 it failed, 2 it was asked for wrongly.
 * @param args the words after `ge`
 */
export async function runCommand(args: readonly string[]): Promise<void> {
  const program = buildProgram();
  if (args.length === 0) {
    program.outputHelp();
    return;
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // Interrupted: whatever failed did so because everything is being ended, and the exit code is the signal's.
    if (isEnding()) return new Promise<never>(() => undefined);
    process.exitCode = report(error);
  }
}

function report(error: unknown): number {
  // Commander has already said what is wrong; asking for help or the version is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const known = [UserMistake, SetupProblem, FleetStartProblem].some((kind) => error instanceof kind);
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  console.error(`ge: ${known ? message : (stack ?? message)}`);
  return error instanceof UserMistake ? 2 : 1;
}
