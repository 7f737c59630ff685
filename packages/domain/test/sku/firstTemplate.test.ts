import { expect, test } from 'vitest';
import { indexTemplates } from '../../src/feed/templateIndex.ts';
import type { TemplateId } from '../../src/identity/ids.ts';
import { firstTemplate } from '../../src/sku/firstTemplate.ts';

const template = (id: string, name: string, isDefault = false) => ({
  id: id as TemplateId,
  name,
  isDefault,
  geState: 'off' as const,
});
const index = indexTemplates(
  [template('T-1', 'Home', true), template('T-2', 'World')],
  [{ name: 'Abroad', templateId: 'T-2' as TemplateId }],
);
const placed = (named: Parameters<typeof firstTemplate>[0], among = index) => {
  const decision = firstTemplate(named, among, '/skus/0/template');
  return decision.ok ? decision.value.id : decision.refusals.map(({ code, field }) => `${code} ${field}`);
};

test('a new SKU begins on the named template, by id, name or former name, else on the default one (R16)', () => {
  expect([placed({ id: 'T-2' }), placed({ name: 'World' }), placed({ name: 'Abroad' }), placed(null)]).toEqual([
    'T-2',
    'T-2',
    'T-2',
    'T-1',
  ]);
});

test('a SKU is never left without a template: what names none and finds no default is refused (R16)', () => {
  expect(placed({ id: 'T-9' })).toEqual(['sku.template_unknown /skus/0/template']);
  expect(placed({ name: 'world' })).toEqual(['template.name_near /skus/0/template']);
  expect(placed(null, indexTemplates([template('T-2', 'World')]))).toEqual(['sku.without_template /skus/0/template']);
});
