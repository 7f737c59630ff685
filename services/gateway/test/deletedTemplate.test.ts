import { routes } from '@ge/api';
import { EnrollmentEntity, ShippingTemplateEntity } from '@ge/database';
import type { SellerId, TemplateId } from '@ge/domain';
import { templateRow } from '@ge/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importSeller } from './sellers.ts';
import { startGateway, type TestGateway } from './startGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway?.close());

it('an enrollment waits no longer for a blocked template that was deleted (R3)', async () => {
  const { sellerId } = await importSeller(gateway.operator);
  const [first, second] = [`${sellerId}-1`, `${sellerId}-2`] as TemplateId[];
  await gateway.database.transaction(async (tx) => {
    const enrollment = { sellerId: sellerId as SellerId, state: 'active_with_blocked', commandNo: 1 } as const;
    await tx.insert(EnrollmentEntity, [
      { ...enrollment, templateScope: null, operationId: null, enrolledAt: new Date(), closedAt: new Date() },
    ]);
    const blocked = [first!, second!].map((id) => templateRow(sellerId, id, { geState: 'blocked', geCommandNo: 1 }));
    await tx.insert(ShippingTemplateEntity, blocked);
  });
  const standing = async () =>
    (await gateway.operator.call(routes.enrollment.getEnrollment, { params: { sellerId } })).enrollment!.state;
  const remove = (templateId: TemplateId) =>
    gateway.operator.call(routes.templates.deleteTemplate, { params: { sellerId, templateId } });
  await remove(first!);
  expect(await standing()).toBe('active_with_blocked');
  await remove(second!);
  expect(await standing()).toBe('active');
});
