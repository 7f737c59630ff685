import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { toolsDir } from './project.ts';

// Compiled code is kept, so that the next command starts quicker. For this process alone: a service that fills the cache
// for the first time writes it when it exits, which on a busy machine took longer than it has to stop.
enableCompileCache(join(toolsDir, 'compiled'));
const { runCommand } = await import('./program.ts');

// A reader that has seen enough (`ge help | head`) closes the pipe, and a window that is closed takes its terminal along
// (EIO); that is no failure, and what is running still has to be stopped in order.
const goneReader = new Set(['EPIPE', 'EIO']);
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!goneReader.has(error.code ?? '')) throw error;
  });
}

await runCommand(process.argv.slice(2));
// What a command still had open when it failed (a timer, an idle connection) must not keep it.
if (process.exitCode) process.exit();
