import { describe, expect, it } from 'vitest';
import type { EnrollCommand, OperationId, TemplateId } from '../../src/index.ts';
import { closeEnrollment, deactivateEnrollment, enroll, recountEnrollment } from '../../src/index.ts';
import { anEnrollment } from '../builders/anEnrollment.ts';
import { anInvitation } from '../builders/anInvitation.ts';
import { aSeller } from '../builders/aSeller.ts';
import { aTemplate } from '../builders/aTemplate.ts';
import { aMoment, daysLater } from '../builders/moments.ts';
import { codesOf, granted } from '../builders/refused.ts';

const press = (change: Partial<EnrollCommand> = {}) =>
  enroll({
    seller: aSeller(),
    enrollment: null,
    invitation: { current: anInvitation(), linkRevision: 1 },
    templates: [aTemplate()],
    scope: null,
    operationId: 'op_1' as OperationId,
    commandNo: 5,
    now: aMoment,
    ...change,
  });

describe('pressing Enroll (R1, R3)', () => {
  it('consumes the invitation and begins the propagation to all templates', () => {
    expect(granted(press())).toEqual({
      enrollment: anEnrollment({
        state: 'propagating',
        commandNo: 5,
        operationId: 'op_1' as OperationId,
        closedAt: null,
      }),
      invitation: anInvitation({ state: 'accepted', endedAt: aMoment }),
    });
  });

  it('may be limited to named templates (R4), never to unknown ones', () => {
    const scope = [aTemplate().id];
    expect(granted(press({ scope })).enrollment.templateScope).toEqual(scope);
    expect(codesOf(press({ scope: ['tpl_x' as TemplateId] }))).toEqual(['enrollment.template_unknown']);
  });

  it('needs an invitation that works, unless the seller joined before', () => {
    expect(codesOf(press({ invitation: null }))).toEqual(['enrollment.not_invited']);
    const revoked = { current: anInvitation({ state: 'revoked' }), linkRevision: 1 };
    expect(codesOf(press({ invitation: revoked }))).toEqual(['invitation.revoked']);
    expect(codesOf(press({ now: daysLater(14) }))).toEqual(['invitation.expired']);
    const left = anEnrollment({ state: 'deactivated', commandNo: 3 });
    expect(granted(press({ invitation: revoked, enrollment: left }))).toMatchObject({
      enrollment: { state: 'propagating' },
      invitation: null,
    });
  });

  it('refuses sellers outside the United States, invited or not', () => {
    const seller = aSeller({ country: 'CN' as never });
    expect(codesOf(press({ seller }))).toEqual(['seller.not_in_united_states']);
  });

  it('refuses a command older than the enrollment', () => {
    expect(codesOf(press({ enrollment: anEnrollment({ commandNo: 5 }) }))).toEqual(['enrollment.superseded']);
  });
});

describe('closing an enrollment (R3)', () => {
  const propagating = anEnrollment({ state: 'propagating', commandNo: 5, closedAt: null });

  it('ends active, or active with blocked templates', () => {
    expect(closeEnrollment(propagating, 0, 5, aMoment)).toMatchObject({ state: 'active', closedAt: aMoment });
    expect(closeEnrollment(propagating, 2, 5, aMoment)).toMatchObject({ state: 'active_with_blocked' });
  });

  it('is no matter of an older propagation, and happens once', () => {
    expect(closeEnrollment(propagating, 0, 4, aMoment)).toBe(propagating);
    const left = anEnrollment({ state: 'deactivated', commandNo: 5 });
    expect(closeEnrollment(left, 0, 5, aMoment)).toBe(left);
  });

  it('follows the count of blocked templates afterwards', () => {
    const waiting = anEnrollment({ state: 'active_with_blocked' });
    expect(recountEnrollment(waiting, 0).state).toBe('active');
    expect(recountEnrollment(waiting, 1)).toBe(waiting);
    expect(recountEnrollment(propagating, 1)).toBe(propagating);
  });
});

describe('deactivating an enrollment (R19–R21)', () => {
  it('sets it deactivated by a newer command only', () => {
    const next = granted(deactivateEnrollment(anEnrollment({ commandNo: 3 }), null, 4, aMoment));
    expect(next).toMatchObject({ state: 'deactivated', commandNo: 4, closedAt: aMoment });
    expect(codesOf(deactivateEnrollment(anEnrollment({ commandNo: 4 }), null, 4, aMoment))).toEqual([
      'enrollment.superseded',
    ]);
  });

  it('leaves a seller without enrollment without one', () => {
    expect(granted(deactivateEnrollment(null, null, 4, aMoment))).toBeNull();
  });
});
