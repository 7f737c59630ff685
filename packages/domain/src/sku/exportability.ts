import type { IndexedTemplate } from '../feed/templateIndex.ts';
import type { Refusal } from '../refusal/refusal.ts';
import type { Sku } from './sku.ts';
import { skuRefusals } from './skuRefusals.ts';

/** Whether a SKU is sold abroad from where it stands, and every reason if not. */
export interface Exportability {
  readonly exportable: boolean;
  readonly reasons: readonly Refusal[];
}

/** Exportable at once: the template is GE-enabled (R4) and the product passes the screening (R5). Destinations are judged per order. */
export function exportabilityOf(sku: Pick<Sku, 'verdict' | 'verdictRule'>, template: IndexedTemplate): Exportability {
  const reasons: Refusal[] = [];
  if (template.geState !== 'enabled') {
    const params = { name: template.name, geState: template.geState };
    reasons.push(skuRefusals.refusal('sku.template_without_ge', '', params));
  }
  if (sku.verdict !== 'eligible') {
    const params = { verdict: sku.verdict, screeningRule: sku.verdictRule ?? '–' };
    reasons.push(skuRefusals.refusal('sku.not_eligible', '', params));
  }
  return { exportable: reasons.length === 0, reasons };
}

export const isExportable = (sku: Pick<Sku, 'verdict'>, template: IndexedTemplate): boolean =>
  template.geState === 'enabled' && sku.verdict === 'eligible';
