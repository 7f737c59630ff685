import type { RefusalTexts } from '@ge/domain';

/** Texts of one code and how the report names its weight. A fatal one before the first record ends the feed FATAL. */
export interface FeedCode extends RefusalTexts {
  readonly severity: 'fatal' | 'error' | 'warning';
}
