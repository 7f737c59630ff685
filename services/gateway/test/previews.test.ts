import { routes } from '@ge/api';
import type { TemplateId } from '@ge/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codesOf, refusedWith } from './refusedWith.ts';
import { createTemplate, importSeller } from './sellers.ts';
import { startGateway, type TestGateway } from './startGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway?.close());

it('previews limited to named templates judge those alone, and refuse the ones of somebody else by name (R4, R19)', async () => {
  const { operator } = gateway;
  const [{ sellerId }, { sellerId: other }] = [await importSeller(operator), await importSeller(operator)];
  const named = await createTemplate(operator, sellerId, 'Named');
  await createTemplate(operator, sellerId, 'Bare', null);
  const foreign = await createTemplate(operator, other, 'Foreign');
  const wish = (templates: readonly TemplateId[] | null) => ({
    params: { sellerId },
    body: { templates: templates as TemplateId[] },
  });
  for (const route of [routes.enrollment.previewEnrollment, routes.deactivation.previewDeactivation]) {
    const preview = async (templates: readonly TemplateId[] | null) =>
      (await operator.call(route, wish(templates))).templates.map(({ name }) => name);
    expect(await preview([named])).toEqual(['Named']);
    expect(await preview(null)).toEqual(['Named', 'Bare']);
    const refused = await refusedWith(preview([named, foreign]));
    expect(codesOf(refused)).toEqual(['enrollment.template_unknown']);
    expect(refused.errors[0]).toMatchObject({ field: '/templates/1', message: expect.stringContaining(foreign) });
    expect(codesOf(await refusedWith(preview([])))).toEqual(['enrollment.scope_empty']);
  }
});
