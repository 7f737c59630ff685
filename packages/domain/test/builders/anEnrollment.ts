import type { Enrollment } from '../../src/index.ts';
import { sellerId } from './aSeller.ts';
import { aMoment } from './moments.ts';

export const anEnrollment = (change: Partial<Enrollment> = {}): Enrollment => ({
  sellerId,
  state: 'active',
  commandNo: 1,
  templateScope: null,
  operationId: null,
  enrolledAt: aMoment,
  closedAt: aMoment,
  ...change,
});
