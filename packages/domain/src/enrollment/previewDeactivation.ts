import type { TemplateId } from '../identity/ids.ts';
import { accept, type Decision } from '../refusal/refusal.ts';
import { type DeactivationBranch, deactivationBranch } from '../template/deactivateGlobalExpress.ts';
import type { ShippingTemplate } from '../template/shippingTemplate.ts';
import { inScope, templateScope } from './templateScope.ts';

export interface TemplateDeactivationPreview {
  readonly templateId: TemplateId;
  readonly name: string;
  /** Which switch goes off, by R19 or R20; null: GE is not enabled here, nothing would change. */
  readonly branch: DeactivationBranch | null;
  readonly skuCount: number;
}

export interface DeactivationPreview {
  readonly templates: readonly TemplateDeactivationPreview[];
  readonly wouldDeactivate: number;
  /** SKUs that would no longer be exportable. */
  readonly skusLost: number;
  /** GE orders that stay the seller's duty (R21). */
  readonly pendingOrders: number;
}

export interface PreviewDeactivation {
  readonly templates: readonly ShippingTemplate[];
  readonly scope: readonly TemplateId[] | null;
  readonly skuCounts: ReadonlyMap<TemplateId, number>;
  readonly pendingOrders: number;
}

/** What deactivating would do, without doing it, for all templates or the named ones (R19–R21). */
export function previewDeactivation(request: PreviewDeactivation): Decision<DeactivationPreview> {
  const scope = templateScope(request.scope, request.templates);
  if (!scope.ok) return scope;
  const templates = inScope(request.templates, scope.value).map(
    (template): TemplateDeactivationPreview => ({
      templateId: template.id,
      name: template.name,
      branch: template.geState === 'enabled' ? deactivationBranch(template) : null,
      skuCount: request.skuCounts.get(template.id) ?? 0,
    }),
  );
  const affected = templates.filter(({ branch }) => branch !== null);
  return accept({
    templates,
    wouldDeactivate: affected.length,
    skusLost: affected.reduce((sum, { skuCount }) => sum + skuCount, 0),
    pendingOrders: request.pendingOrders,
  });
}
