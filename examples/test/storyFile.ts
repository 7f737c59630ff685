import type { FeedFormat } from '@ge/feeds';
import type { LabelRecord } from '../generate/plan/labels.ts';
import type { LateTemplate } from '../generate/plan/story.ts';

interface PageItem {
  readonly sku: string;
  readonly templateId: string;
}

export interface FeedFile {
  readonly sellerId: string;
  readonly file: string;
  readonly type: FeedFormat;
}

/** What story.json holds. */
export interface StoryFile {
  readonly ignoreInvitation: readonly string[];
  readonly lateTemplates: readonly LateTemplate[];
  readonly pageAssignment: {
    readonly sellerId: string;
    readonly items: readonly PageItem[];
    readonly oneTooMany: readonly PageItem[];
  };
  readonly feeds: Readonly<Record<'inventoryLoader' | 'productFeed' | 'confirmation', FeedFile>>;
  readonly suspension: { readonly destination: string; readonly reason: string };
  readonly deactivations: readonly { readonly sellerId: string; readonly templateIds: readonly string[] | null }[];
  readonly labelsAfterDeactivation: readonly LabelRecord[];
}
