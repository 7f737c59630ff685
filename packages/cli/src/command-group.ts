import type { Command } from 'commander';
import { UserMistake } from './mistake.ts';

/**
 * A command that does nothing but hold those below it. Without one of them, or with another word, it names them.
 * @param missing what is said where there is no word: `Say what to do with a feed`
 */
export function commandGroup(parent: Command, name: string, missing: string): Command {
  const path = [...above(parent), name].join(' ');
  const group = parent
    .command(name)
    .argument('[command]')
    .usage('<command> [options]')
    .action((word?: string) => {
      const said = word === undefined ? missing : `There is no command ${path} ${word}`;
      throw new UserMistake(`${said}: ${group.commands.map((one) => one.name()).join(', ')} (ge ${path} --help).`);
    });
  return group;
}

/** The words before a command, but for the program's own name. */
const above = (command: Command): string[] =>
  command.parent === null ? [] : [...above(command.parent), command.name()];
