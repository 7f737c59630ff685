import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { teach } from '../teach.ts';
import { runTests } from '../test-run/run-tests.ts';

export function registerTest(program: Command): void {
  const command = program
    .command('test')
    .summary('check types, style and unused code, then run the tests')
    .description(
      'Checks types, style and unused code, then runs every test on servers of its own.\n\n' +
        'Other arguments go to vitest; when there are any, only vitest runs. The last line of the output reads ' +
        '"N passed, N failed"; each check counts as one, like each test.',
    )
    .argument('[vitest-arguments...]', 'paths and options for vitest')
    .option('--unit', 'leave out the tests that need PostgreSQL or Redis')
    .option('--deep', 'more cases of every property and a larger journey (sets GE_DEEP=1)')
    .option('--json', 'print one object: {"ok", "passed", "failed"}; all else goes to standard error')
    .allowUnknownOption()
    .action(async (vitestArgs: string[], options: { unit?: boolean; deep?: boolean; json?: boolean }) => {
      const { unit = false, deep = false, json = false } = options;
      const { passed, failed } = await runTests({ vitestArgs, unit, deep, json });
      if (json) answer({ ok: failed === 0, passed, failed });
      process.exitCode = failed === 0 ? 0 : 1;
    });
  teach(command, {
    examples: [
      'ge test',
      ['ge test --unit', 'a minute instead of six'],
      ['ge test packages/domain', 'the tests below a folder'],
      ['ge test services/relay -t "resends"', 'those whose name says so'],
      'ge test --deep',
    ],
    exitCodes: { 0: 'nothing failed', 1: 'something failed' },
  });
}
