import type { Command } from 'commander';
import { teach } from '../teach.ts';

export function registerHelp(program: Command): void {
  const command = program
    .command('help')
    .summary('explain a command')
    .description('Says what a command does, as its --help does; without a name, which commands there are.')
    .argument('[command]', 'name of a command')
    .action(async (name?: string) => {
      const found = program.commands.find((one) => one.name() === name);
      if (found) found.outputHelp();
      else if (name === undefined) program.outputHelp();
      // The answer to a command that is not there, with the name that may have been meant.
      else await program.parseAsync([name], { from: 'user' });
    });
  teach(command, { examples: ['ge help', 'ge help up'], exitCodes: { 0: 'explained' } });
}
