import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isEnding, SetupProblem } from '@ge/embedded';
import { Command, CommanderError } from 'commander';
import { tellFailure } from './answer.ts';
import { registerBacklog } from './commands/backlog.ts';
import { registerBench } from './commands/bench.ts';
import { registerCarrier } from './commands/carrier.ts';
import { registerCluster } from './commands/cluster.ts';
import { registerDead } from './commands/dead.ts';
import { registerDemo } from './commands/demo.ts';
import { registerFeed } from './commands/feed.ts';
import { registerFlood } from './commands/flood.ts';
import { registerHelp } from './commands/help.ts';
import { registerKeys } from './commands/keys.ts';
import { registerLabel } from './commands/label.ts';
import { registerMigrate } from './commands/migrate.ts';
import { registerPause } from './commands/pause.ts';
import { registerRehearse } from './commands/rehearse.ts';
import { registerRun } from './commands/run.ts';
import { registerStatus } from './commands/status.ts';
import { registerTest } from './commands/test.ts';
import { registerUp } from './commands/up.ts';
import { registerWhy } from './commands/why.ts';
import { FleetAnswer } from './fleet-client.ts';
import { UserMistake } from './mistake.ts';
import { projectDir } from './project.ts';
import { FleetStartProblem } from './supervisor/start-fleet.ts';

/** Every command of `./ge`, in the order the help shows them. */
const commands: readonly ((program: Command) => void)[] = [
  registerUp,
  registerDemo,
  registerTest,
  registerMigrate,
  registerStatus,
  registerBacklog,
  registerWhy,
  registerDead,
  registerPause,
  registerKeys,
  registerFeed,
  registerLabel,
  registerCarrier,
  registerFlood,
  registerRehearse,
  registerBench,
  registerCluster,
  registerRun,
  registerHelp,
];

function buildProgram(): Command {
  const program = new Command('ge')
    .description('The Global Express fleet: the engine behind a cross-border export programme.')
    .usage('<command> [options]')
    .version(version(), '-V, --version', 'print the version')
    .helpCommand(false)
    .helpOption('-h, --help', 'explain a command')
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
    .addHelpText(
      'after',
      '\nEvery command explains itself with --help. With --json, standard output holds JSON alone; of a command that fails\n' +
        'it is {"ok": false, "error"}.',
    );
  for (const register of commands) register(program);
  // Options such as exitOverride are copied when a command is made, so they hold for all of them.
  return program;
}

const version = (): string => JSON.parse(readFileSync(join(projectDir, 'package.json'), 'utf8')).version;

/**
 * Runs one command. Exit codes: 0 done, 1 it failed, 2 it was asked for wrongly, 128 + n ended by signal n.
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
    process.exitCode = report(error, args.includes('--json') && args[0] !== 'run');
  }
}

function report(error: unknown, json: boolean): number {
  if (error instanceof CommanderError) {
    // Asking for help or the version is no error.
    if (error.exitCode === 0) return 0;
    tellFailure(inOneLine(error), json);
    return 2;
  }
  const known = [UserMistake, FleetAnswer, SetupProblem, FleetStartProblem].some((kind) => error instanceof kind);
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  tellFailure(known ? message : (stack ?? message), json);
  return error instanceof UserMistake ? 2 : 1;
}

/** "error: unknown command 'statsu'\n(Did you mean status?)" in one line, and never without a way on. */
function inOneLine({ code, message }: CommanderError): string {
  const line = message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  return code === 'commander.unknownCommand' && !line.endsWith(')') ? `${line} (ge help lists them)` : line;
}
