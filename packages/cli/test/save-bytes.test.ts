import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const saveBytes = fileURLToPath(new URL('../src/save-bytes.ts', import.meta.url));

/** Saves without end to `path`, read by a `head` that has seen enough after three bytes. */
function saveForever(path: string) {
  const program = `
    import { Readable } from 'node:stream';
    import { saveBytes } from ${JSON.stringify(saveBytes)};
    function* forever() { for (;;) yield Buffer.alloc(65536, 'a'); }
    await saveBytes(Readable.from(forever()), ${JSON.stringify(path)}, 'The report');`;
  const shell = '("$0" --input-type=module -e "$1"; echo "exit code $?" >&2) | head -c 3';
  return spawnSync('/bin/sh', ['-c', shell, process.execPath, program], { encoding: 'utf8' });
}

test('a reader that has seen enough of a document is no failure', () => {
  const { stdout, stderr } = saveForever('-');
  expect(stdout).toBe('aaa');
  expect(stderr).toBe('exit code 0\n');
});

test('where nothing can be written is told', () => {
  expect(saveForever('/no/such/folder/report.csv').stderr).toMatch(/UserMistake: .*\/no\/such\/folder\/report\.csv/);
});
