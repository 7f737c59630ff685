import type { EligibilityVerdict, ExportData } from '../eligibility/screening.ts';
import type { CommandNo, SellerId, SkuCode, TemplateId } from '../identity/ids.ts';

/** What moving a SKU needs to know of it. */
export type MovableSku = Pick<Sku, 'templateId' | 'templateCommandNo' | 'verdict'>;

/** A seller's stock keeping unit. It always has one template (R16); it is exportable when that one is GE-enabled and the product is eligible. */
export interface Sku {
  readonly sellerId: SellerId;
  readonly sku: SkuCode;
  readonly templateId: TemplateId;
  /** The command that set the template; a lower number never writes. */
  readonly templateCommandNo: CommandNo;
  readonly title: string;
  /** What the producer says of the product; null until sent. */
  readonly exportData: ExportData | null;
  /** The programme's screening of `exportData` without regard to destination (R5). */
  readonly verdict: EligibilityVerdict['verdict'];
  /** Rule of the screening table that decided, null when eligible. */
  readonly verdictRule: string | null;
}
