import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isEnding, SetupProblem } from '@ge/embedded';
import { Command, CommanderError } from 'commander';
import { tellFailure } from './answer.ts';
import { FleetAnswer } from './fleet-answer.ts';
import { UserMistake } from './mistake.ts';
import { projectDir } from './project.ts';
import { FleetStartProblem } from './supervisor/start-fleet.ts';

/** Every command of `./ge`, in the order the help shows them; each is loaded when it is asked for. */
const commands: Readonly<Record<string, (program: Command) => Promise<void>>> = {
  up: async (program) => (await import('./commands/up.ts')).registerUp(program),
  demo: async (program) => (await import('./commands/demo.ts')).registerDemo(program),
  test: async (program) => (await import('./commands/test.ts')).registerTest(program),
  migrate: async (program) => (await import('./commands/migrate.ts')).registerMigrate(program),
  status: async (program) => (await import('./commands/status.ts')).registerStatus(program),
  backlog: async (program) => (await import('./commands/backlog.ts')).registerBacklog(program),
  why: async (program) => (await import('./commands/why.ts')).registerWhy(program),
  dead: async (program) => (await import('./commands/dead.ts')).registerDead(program),
  pause: async (program) => (await import('./commands/pause.ts')).registerPause(program),
  keys: async (program) => (await import('./commands/keys.ts')).registerKeys(program),
  feed: async (program) => (await import('./commands/feed.ts')).registerFeed(program),
  label: async (program) => (await import('./commands/label.ts')).registerLabel(program),
  carrier: async (program) => (await import('./commands/carrier.ts')).registerCarrier(program),
  flood: async (program) => (await import('./commands/flood.ts')).registerFlood(program),
  rehearse: async (program) => (await import('./commands/rehearse.ts')).registerRehearse(program),
  bench: async (program) => (await import('./commands/bench.ts')).registerBench(program),
  cluster: async (program) => (await import('./commands/cluster.ts')).registerCluster(program),
  run: async (program) => (await import('./commands/run.ts')).registerRun(program),
  help: async (program) => (await import('./commands/help.ts')).registerHelp(program),
};

/** With the command of that name alone, or with all of them where there is none such. */
async function buildProgram(name: string | undefined): Promise<Command> {
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
  const asked = name !== undefined && name !== 'help' && Object.hasOwn(commands, name) ? [commands[name]!] : null;
  for (const register of asked ?? Object.values(commands)) await register(program);
  // Options such as exitOverride are copied when a command is made, so they hold for all of them.
  return program;
}

const version = (): string => JSON.parse(readFileSync(join(projectDir, 'package.json'), 'utf8')).version;

/**
 * Runs one command. Exit codes: 0 done, 1 it failed, 2 it was asked for wrongly, 128 + n ended by signal n.
 * @param args the words after `ge`
 */
export async function runCommand(args: readonly string[]): Promise<void> {
  const program = await buildProgram(args[0]);
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
