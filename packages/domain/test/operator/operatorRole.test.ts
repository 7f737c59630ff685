import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAtLeast, operatorRoles } from '../../src/index.ts';

const role = fc.constantFrom(...operatorRoles);

describe('roles of operators', () => {
  it('are one above the other: who may do more may do all that those below may', () => {
    fc.assert(
      fc.property(role, role, role, (higher, lower, needed) => {
        fc.pre(isAtLeast(higher, lower) && isAtLeast(lower, needed));
        expect(isAtLeast(higher, needed)).toBe(true);
      }),
    );
  });

  it('a viewer may do nothing that asks for more, an admin everything', () => {
    expect(operatorRoles.filter((needed) => isAtLeast('viewer', needed))).toEqual(['viewer']);
    expect(operatorRoles.filter((needed) => isAtLeast('admin', needed))).toEqual([...operatorRoles]);
  });
});
