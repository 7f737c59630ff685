import { readFileSync, writeFileSync } from 'node:fs';
import type { FloodReport } from '@ge/load';
import { UserMistake } from '../mistake.ts';

/** Writes the report where it was asked for: a page, or JSON, by the file's ending. */
export async function keepReports(report: FloodReport, file: string | undefined): Promise<void> {
  if (file === undefined) return;
  const { reportPage } = await import('@ge/load');
  const text = file.endsWith('.html') ? reportPage(report) : `${JSON.stringify(report, null, 2)}\n`;
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UserMistake(`The report cannot be written to ${file} (${(error as NodeJS.ErrnoException).code}).`);
  }
  console.error(`Report: ${file}`);
}

/** Reads a report back. @throws UserMistake where the file is missing or is none */
export function readReport(file: string): FloodReport {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserMistake(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  try {
    const report = JSON.parse(text) as FloodReport;
    if (typeof report.latency.response.p99 === 'number' && typeof report.load.rate === 'number') return report;
  } catch {
    // Said below.
  }
  throw new UserMistake(`${file} is no report of a flood: ge flood --json > ${file} makes one.`);
}
