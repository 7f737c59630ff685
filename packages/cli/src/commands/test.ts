import type { Command } from 'commander';
import { runTests } from '../test-run/run-tests.ts';

export function registerTest(program: Command): void {
  program
    .command('test')
    .summary('check types, style and unused code, then run the tests')
    .description(
      'Checks types, style and unused code, then runs every test on servers of its own.\n\n' +
        'Other arguments go to vitest; when there are any, only vitest runs. The last line of the output reads ' +
        '"N passed, N failed"; each check counts as one, like each test. Exit code 0: nothing failed.',
    )
    .argument('[vitest-arguments...]', 'paths and options for vitest')
    .option('--unit', 'leave out the tests that need PostgreSQL or Redis')
    .option('--deep', 'more cases of every property and a larger journey (sets GE_DEEP=1)')
    .allowUnknownOption()
    .addHelpText(
      'after',
      '\nExamples:\n  ge test\n  ge test --unit\n  ge test packages/domain\n  ge test services/relay -t "resends"\n  ge test --deep',
    )
    .action(async (vitestArgs: string[], options: { unit?: boolean; deep?: boolean }) => {
      const { failed } = await runTests({ vitestArgs, unit: options.unit ?? false, deep: options.deep ?? false });
      process.exitCode = failed === 0 ? 0 : 1;
    });
}
