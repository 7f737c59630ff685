import { httpProblems } from '@ge/api';
import { type RefusalTexts, refusalCatalogue, whyCatalogue } from '@ge/domain';
import { feedCodes } from '@ge/feeds';
import { lines, literal, preface, table } from './table.ts';

interface Texts {
  readonly en: string;
  readonly zh: string;
  readonly remedyEn: string;
  readonly remedyZh: string;
}

const says = ({ en, zh }: Texts): string => lines(literal(en), literal(zh));
const remedy = ({ remedyEn, remedyZh }: Texts): string => lines(literal(remedyEn), literal(remedyZh));
const heads = ['What it says', 'What to do'];

/** `docs/errors.md`: every code that an answer, an item's result or a processing report may carry. */
export function errorsDocument(): string {
  return `${[
    preface('Errors', 'packages/api, packages/domain and packages/feeds'),
    `Codes are part of the interface: they do not change, and none is used again for something else. Texts come in
English and Chinese; \`{name}\` is filled in. What an answer carries:

- \`application/problem+json\` with \`code\`, \`status\`, \`title\`, \`detail\`, \`instance\`, and \`errors\`: one entry for every
  single reason, each with \`code\`, \`rule\`, \`field\` (a JSON pointer into what was sent), \`message\` and \`remedy\`.
- \`code\` of the whole is that of the first reason. \`Accept-Language: zh\` asks for Chinese.
- The same code may be a warning where nothing is refused: then it stands under \`warnings\` of a success.
- The same codes stand in results of single items (imports, assignments) and as \`blockedBy\` of templates.`,
    `## Of the interface\n\nThe request as such, whatever it asks for.`,
    table(
      ['Code', 'Status', ...heads],
      Object.entries(httpProblems).map(([code, texts]) => [
        `\`${code}\``,
        String(texts.status),
        says(texts),
        remedy(texts),
      ]),
    ),
    `## Of the programme's rules\n\nAnswered with status 422; the rules are those of [rules.md](rules.md).`,
    table(
      ['Code', 'Rule', ...heads],
      byCode(refusalCatalogue).map(([code, texts]) => [`\`${code}\``, texts.rule, says(texts), remedy(texts)]),
    ),
    `## Of feeds and processing reports

\`fatal\` before the first record ends the whole feed; elsewhere, like \`error\`, it concerns its row. Four- and five-digit
codes are the classic ones of such reports; \`GE-\` and the rule's number begin the programme's own. Rows may also carry the
codes of the programme's rules above.`,
    table(
      ['Code', 'Weight', 'Rule', ...heads],
      byCode(feedCodes).map(([code, texts]) => [`\`${code}\``, texts.severity, texts.rule, says(texts), remedy(texts)]),
    ),
    `## Of answers to why

No errors: how something stands, and what comes next (\`./ge why\`, \`GET /v1/why\`). Refusals above stand there too.`,
    table(
      ['Code', 'How it stands', 'What comes next'],
      Object.entries(whyCatalogue).map(([code, { en, zh, nextEn, nextZh }]) => [
        `\`${code}\``,
        lines(literal(en), literal(zh)),
        lines(literal(nextEn), literal(nextZh)),
      ]),
    ),
  ].join('\n\n')}\n`;
}

const byCode = <T extends RefusalTexts>(texts: Readonly<Record<string, T>>): (readonly [string, T])[] =>
  Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1));
