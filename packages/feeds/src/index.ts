export {
  defaultFeedLimits,
  type FeedCheckpoint,
  type FeedFormat,
  type FeedLimits,
  type ReadFeedOptions,
} from './format.ts';
export type { FeedCode } from './problem/code.ts';
export { FeedFatal } from './problem/fatal.ts';
export { describeFeedProblem, type FeedCodeName, feedCodes, problem as feedProblem } from './problem/problem.ts';
export { readFeed, readFeedBatches } from './read-feed.ts';
export type { FeedBatch } from './read-plan.ts';
export { type FeedSlice, readFeedSlice } from './read-slice.ts';
export * from './record/record.ts';
export { type JsonReportOptions, writeJsonProcessingReport } from './report/json-report.ts';
export { reportPages } from './report/report-pages.ts';
export type { ReportOptions, ReportRow, ReportSummary } from './report/report-row.ts';
export { writeProcessingReport } from './report/tab-report.ts';
export { writeXmlProcessingReport, type XmlReportOptions } from './report/xml-report.ts';
export { WorkbookMemory } from './workbook/workbook-memory.ts';
