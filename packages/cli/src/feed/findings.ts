import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { type Client, routes } from '@ge/api';
import { table } from '../table.ts';

/** What a report says of a row, or of the file where it names none. */
export interface Finding {
  readonly messageId?: number;
  readonly sku?: string;
  readonly code: string;
  readonly severity: 'ERROR' | 'WARNING';
  readonly message: string;
}

export type Language = 'zh-CN' | 'en-US';

const shown = 10;
const longestMessage = 90;

/** Lines of a report after which no more errors are looked for. */
const mostLines = 100_000;

/**
 * The first errors of a feed that has ended, or its first warnings where there are fewer. The report has a finding on each
 * line, and is left where there are enough.
 */
export async function firstFindings(
  client: Client,
  feedId: string,
  language: Language | undefined,
): Promise<Finding[]> {
  const bytes = await client.download(routes.feeds.downloadFeedReport, {
    params: { feedId },
    query: { format: 'json', ...(language && { language }) },
  });
  const input = Readable.fromWeb(bytes as never);
  const errors: Finding[] = [];
  const warnings: Finding[] = [];
  let lines = 0;
  for await (const line of createInterface({ input })) {
    lines += 1;
    const found = findingIn(line);
    const among = found?.severity === 'WARNING' ? warnings : errors;
    if (found && among.length < shown) among.push(found);
    if (errors.length === shown || lines === mostLines) break;
  }
  input.destroy();
  return [...errors, ...warnings].slice(0, shown);
}

/** Null for the first line, which is the header, and the last, which is the summary. */
function findingIn(line: string): Finding | null {
  if (!/^\{.*\},?$/.test(line)) return null;
  const said = JSON.parse(line.replace(/,$/, '')) as Partial<Finding>;
  return said.code === undefined ? null : (said as Finding);
}

export function findingsTable(findings: readonly Finding[]): string {
  const rows = findings.map(({ messageId, sku, code, severity, message }) => [
    messageId === undefined ? 'file' : String(messageId),
    sku ?? '',
    severity === 'WARNING' ? 'warning' : 'error',
    code,
    message.length > longestMessage ? `${message.slice(0, longestMessage - 1)}…` : message,
  ]);
  return table(['row', 'sku', 'kind', 'code', 'finding'], rows);
}
