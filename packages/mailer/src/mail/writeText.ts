import type { MailBlock, MailDocument } from './mailDocument.ts';

function writeBlock(block: MailBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'action':
      return `${block.label}:\n${block.url}`;
    case 'quotation':
      return `${block.label}\n> ${block.text}`;
    case 'findings':
      return [
        block.title,
        ...block.findings.flatMap((finding) => [
          `- ${finding.problem} [${finding.reference}]`,
          ...(finding.remedy ? [`  ${block.remedyLabel} ${finding.remedy}`] : []),
        ]),
      ].join('\n');
    case 'table':
      return [block.caption, ...block.rows.map(([left, right]) => `- ${left} · ${block.columns[1]} ${right}`)].join(
        '\n',
      );
  }
}

/** The text/plain alternative. Lines are not wrapped: the transfer encoding folds them, the reader's program wraps them. */
export function writeText(document: MailDocument): string {
  const parts = [document.greeting, ...document.blocks.map(writeBlock), document.signature];
  return `${parts.join('\n\n')}\n\n-- \n${document.footnote}\n`;
}
