import type { AuditReport } from './report.ts';

/** What there was none of is left out. */
const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, times]) => times > 0)
    .map(([name, times]) => `${times.toLocaleString('en-US')} ${name}`)
    .join(', ');

/** The report as a terminal shows it: the verdict first, then `lines` of what is amiss, then what was not looked at. */
export function reportText(report: AuditReport, lines = 10): string {
  const { ok, accepted, maybe, findings, findingsTotal, unchecked } = report;
  const verdict = ok
    ? `Audit: nothing amiss in ${accepted.toLocaleString('en-US')} accepted commands.`
    : `Audit: ${findingsTotal.toLocaleString('en-US')} ${findingsTotal === 1 ? 'thing' : 'things'} amiss in ${accepted.toLocaleString('en-US')} accepted commands.`;
  const unanswered = maybe.accepted + maybe.notAccepted + maybe.unknown;
  return [
    verdict,
    `  ended    ${listed(report.terminalStates) || 'none'}`,
    `  compared ${listed(report.checked) || 'nothing'}`,
    ...(unanswered > 0
      ? [
          `  without an answer ${unanswered}: ${maybe.accepted} had been accepted, ${maybe.notAccepted} had not, ${maybe.unknown} nobody can say`,
        ]
      : []),
    ...findings
      .slice(0, lines)
      .flatMap(({ code, subject, expected, found, hint }) => [
        `  ${code}  ${subject}: expected ${expected}, found ${found}`,
        `    ${hint}`,
      ]),
    ...(findingsTotal > lines ? [`  … and ${(findingsTotal - lines).toLocaleString('en-US')} more`] : []),
    ...unchecked.map(({ what, why, times }) => `  not checked: ${what}${times > 1 ? ` (${times} ×)` : ''}: ${why}`),
  ].join('\n');
}
