import { expect, test } from 'vitest';
import { check } from '../src/demo/check.ts';
import { checksTable } from '../src/demo/checksTable.ts';
import { screen } from '../src/demo/screen.ts';

const codes = { 'address.general_delivery': 18, 'address.military': 29, 'address.po_box': 40, 'zip.missing': 7 };
const checks = [
  check('sellers', 1563, 1563),
  check('orders: refusedOrdersByCode', {}, {}),
  check('pressing Enroll a second time is answered as already used', 409, 409),
  check('blocked templates by everything they miss', codes, codes),
  check('rows looked at one by one', [{ recordNo: 1, code: null }], [{ recordNo: 2, code: null }]),
];

test('a terminal of 80 columns gets lines of at most 80, broken between words and under their own column', () => {
  expect(checksTable(checks, 80)).toBe(
    `
   check                                      expected
-----------------------------------------------------------------------------
✓  sellers                                    1,563
✓  orders: refused orders by code             none
✓  pressing Enroll a second time is answered  409
   as already used
✓  blocked templates by everything they miss  address.general_delivery: 18,
                                              address.military: 29, address…
✗  rows looked at one by one                  (record no: 1, code: none)
                                              but found: (record no: 2, code:
                                              none)`.slice(1),
  );
});

test('off a terminal a check that holds is one line, and nothing is broken up', () => {
  const lines = checksTable(checks, undefined).split('\n');
  expect(lines).toContain(
    '✓  blocked templates by everything they miss                  address.general_delivery: 18, address.military: 29, address…',
  );
  expect(lines).toContain('✓  pressing Enroll a second time is answered as already used  409');
});

test('what came of a step is told in lines of the terminal', () => {
  const told: string[] = [];
  const step = { name: 'suspend', ok: true, ms: 720, counts: { templatesTouched: 1006, held: 12, notAttempted: 3 } };
  const audience = screen(
    (line) => told.push(line),
    () => 50,
  );
  audience.ends({ name: 'suspend', title: '', run: () => Promise.reject() }, step, checks.slice(0, 2));
  expect(told).toEqual([
    '       ✓ templates touched 1,006, held 12, not\n         attempted 3 (0.7 s; 2 of 2 checks hold)',
  ]);
});
