import { runCommand } from './program.ts';

// A reader that has seen enough (`ge help | head`) closes the pipe; that is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

await runCommand(process.argv.slice(2));
