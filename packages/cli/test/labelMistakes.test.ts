import { expect, onTestFinished, test, vi } from 'vitest';
import { runCommand } from '../src/program.ts';

test.each([
  [['batch', 'status', 'op_1'], 'op_1 is no label batch: its id begins with lbb_.'],
  [
    ['batch', 'nonsense'],
    'There is no command label batch nonsense: submit, status, list, pause, resume, cancel, print',
  ],
  [
    ['batch'],
    'Say what to do with a label batch: submit, status, list, pause, resume, cancel, print (ge label batch --help).',
  ],
  [['batch', 'submit', 'none.csv', '--seller', 'S'], 'There is no file none.csv.'],
  [['batch', 'submit', 'none.csv'], "required option '--seller <id>' not specified"],
  [['batch', 'submit', 'none.csv', '--seller', 'S', '--tolerate', 'lots'], '--tolerate takes a percentage such as 5%'],
  [['batch', 'submit', 'none.csv', '--seller', 'S', '--tolerate', '101%'], '--tolerate takes a percentage such as 5%'],
  [['show', 'lbb_1'], 'lbb_1 is no label: its id begins with lbl_.'],
  [['resolve', 'lbl_1', '--found', 'bought'], '--found bought takes --charge, --shipment and --tracking'],
  [['resolve', 'lbl_1', '--found', 'not-bought', '--charge', '1'], '--charge, --shipment and --tracking go with'],
  [
    ['resolve', 'lbl_1', '--found', 'bought', '--charge', '1.234', '--shipment', 's', '--tracking', 't'],
    '--charge 1.234: ',
  ],
] as const)('a mistake about labels is answered in a line and exit code 2: %j', async (args, said) => {
  const error = vi.spyOn(console, 'error').mockReturnValue(undefined);
  onTestFinished(() => {
    error.mockRestore();
    process.exitCode = undefined;
  });
  await runCommand(['label', ...args]);
  expect(process.exitCode).toBe(2);
  expect(error.mock.calls).toEqual([[expect.stringContaining(`ge: ${said}`)]]);
  expect(error.mock.calls[0]![0]).not.toContain('\n');
});
