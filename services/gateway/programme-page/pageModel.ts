import type { Locale, Refusal } from '@ge/domain';

/** Everything the programme page shows; the gateway fills it, `renderProgrammePage` writes it out. */
export interface ProgrammePageModel {
  readonly locale: Locale;
  /** Where the same page is found in each language. */
  readonly languageUrls: Readonly<Record<Locale, string>>;
  /** Path under which the page's assets are served, without a slash at the end: `/programme`. */
  readonly assetBase: string;
  /** Where a seller who was not invited may ask (R2): `https:`, `mailto:` or a path; left out when there is no such place. */
  readonly inquiryUrl?: string | undefined;
  readonly view: InvitedView | ProgressView | ClosedView | RefusedView;
}

/** One template in the preview of R4. */
export interface PreviewRow {
  readonly name: string;
  readonly verdict: 'would_enable' | 'already_enabled' | 'blocked';
  /** Every missing item when blocked; warnings otherwise. */
  readonly refusals: readonly Refusal[];
  readonly skuCount: number;
}

/** The invitation is open: what Enroll will do, and the button. Opening this changes nothing (R1). */
export interface InvitedView {
  readonly kind: 'invited';
  readonly sellerName: string;
  readonly expiresAt: Date;
  /** The seller's IANA zone. */
  readonly timeZone: string;
  /** Over all templates, also those not in `rows`. */
  readonly totals: { readonly templates: number; readonly blocked: number; readonly exportableSkus: number };
  /** The templates shown; may be fewer than there are. */
  readonly rows: readonly PreviewRow[];
  /** The form behind Enroll. The fields carry the link's claim, which nobody else can know: it guards against forged posts. */
  readonly enroll: { readonly action: string; readonly fields: Readonly<Record<string, string>> };
}

export interface ProgressRow {
  readonly name: string;
  /** `off`: the propagation is over and the template has no GE: switched off since, or made later. */
  readonly state: 'waiting' | 'enabled' | 'blocked' | 'off';
  readonly refusals: readonly Refusal[];
  readonly skuCount: number;
}

/** After Enroll (R3): how far the propagation is, and how it ended. */
export interface ProgressView {
  readonly kind: 'progress';
  readonly sellerName: string;
  readonly state: 'propagating' | 'active' | 'active_with_blocked';
  readonly totals: {
    readonly templates: number;
    readonly enabled: number;
    readonly blocked: number;
    readonly off: number;
    readonly exportableSkus: number;
  };
  readonly rows: readonly ProgressRow[];
}

/** The link opens nothing (any more). `already_used` may say where the result is. */
export interface ClosedView {
  readonly kind: 'closed';
  readonly reason: 'expired' | 'revoked' | 'already_used' | 'unknown';
  readonly progressUrl?: string | undefined;
}

/** Enroll was pressed and cannot be done; the domain's refusals say why. */
export interface RefusedView {
  readonly kind: 'refused';
  readonly refusals: readonly Refusal[];
}

/** The HTTP status that fits the view. */
export function programmePageStatus(view: ProgrammePageModel['view']): number {
  if (view.kind === 'refused') return 409;
  if (view.kind !== 'closed') return 200;
  return { expired: 410, revoked: 410, already_used: 409, unknown: 404 }[view.reason];
}
