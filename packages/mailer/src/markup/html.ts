/** A piece of HTML that is known to be safe to place into a page; only `html` makes one. */
export class Markup {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
  toString(): string {
    return this.source;
  }
}

/** What may stand in a placeholder: text is escaped, markup is taken as it is, lists are joined, nothing is nothing. */
export type MarkupValue = string | number | Markup | readonly MarkupValue[] | null | undefined | false;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for element content and for quoted attribute values alike. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);

function sourceOf(value: MarkupValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.source;
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return value.map(sourceOf).join('');
}

/**
 * Tagged template for HTML: every placeholder is escaped unless it is itself markup, so forgetting to escape
 * is not possible. Attribute values must be written in quotes.
 */
export function html(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return new Markup(strings.reduce((whole, part, index) => whole + sourceOf(values[index - 1]) + part));
}
