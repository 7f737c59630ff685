import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { UserMistake } from '../mistake.ts';
import { projectDir, toolsDir } from '../project.ts';
import { teach } from '../teach.ts';

export function registerRun(program: Command): void {
  const command = program
    .command('run')
    .summary("run a program with the project's Node and tools")
    .description(
      "Runs a program with the project's Node, pnpm and installed tools first on the PATH; a TypeScript or JavaScript " +
        'file is run by that Node. The program takes the place of this command: its output, signals and exit code are ' +
        'its own.',
    )
    .argument('<program>', 'a program, or a .ts, .js or .mjs file')
    .argument('[arguments...]', 'passed on as they are')
    .passThroughOptions()
    .allowUnknownOption()
    .action(run);
  teach(command, {
    examples: [
      ['ge run examples/generate/main.ts --help', 'a file of the project'],
      ['ge run pnpm run docs', 'a script of package.json'],
      ['ge run node', 'Node itself'],
    ],
    exitCodes: { else: 'that of the program' },
  });
}

function run(program: string, args: readonly string[]): void {
  const folders = [
    dirname(process.execPath),
    join(projectDir, 'node_modules', '.bin'),
    join(toolsDir, 'tools', 'node_modules', '.bin'),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  const isFile = /\.[cm]?[jt]s$/.test(program);
  if (isFile && !existsSync(program)) throw new UserMistake(`There is no file ${resolve(program)}.`);
  const file = isFile ? process.execPath : locate(program, folders);
  if (file === undefined) throw new UserMistake(`There is no program ${program} on the PATH.`);
  const argv = isFile ? [process.execPath, program, ...args] : [program, ...args];
  process.execve!(file, argv, { ...process.env, PATH: folders.join(delimiter) });
}

/** Where a shell would find the program. */
function locate(program: string, folders: readonly string[]): string | undefined {
  if (program.includes('/')) return isProgram(program) ? program : undefined;
  return folders.map((folder) => join(folder, program)).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
