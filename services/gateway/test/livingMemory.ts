/**
 * Goes into a process before its own program (`node --expose-gc --import`). The first SIGUSR2 makes it look again and
 * again at what lives in memory once what nobody needs is gone; every one makes it write the most it saw since the last.
 */
const collect = (globalThis as unknown as { gc: () => void }).gc;
let most = 0;

function look(): void {
  // The second time waits for the bytes that the first one set free.
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  most = Math.max(most, heapUsed + external);
}

/** A look stops the whole process, so it rests four times as long as it looked. */
function watch(): void {
  const began = performance.now();
  look();
  setTimeout(watch, 4 * (performance.now() - began)).unref();
}

process.once('SIGUSR2', watch);
process.on('SIGUSR2', () => {
  look();
  process.stdout.write(`${JSON.stringify({ msg: 'living memory', bytes: most })}\n`);
  most = 0;
});
