import type { Locale } from '@ge/domain';

/** What the SMTP client sends: one subject and the same content twice. */
export interface MailContent {
  readonly locale: Locale;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** One thing that is wrong, what to do about it, and where to look it up. */
export interface Finding {
  readonly problem: string;
  readonly remedy: string;
  /** Rule, code and field, for support and documentation. */
  readonly reference: string;
}

/** A part of a mail. Text and HTML are both made from it, so that they can never say different things. */
export type MailBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'action'; readonly label: string; readonly url: string }
  | { readonly kind: 'quotation'; readonly label: string; readonly text: string }
  | {
      readonly kind: 'findings';
      readonly title: string;
      readonly findings: readonly Finding[];
      readonly remedyLabel: string;
    }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly columns: readonly [string, string];
      readonly rows: readonly (readonly [string, string])[];
    };

/** A mail before it is written out. Every string is plain text of one line; escaping is the writer's work. */
export interface MailDocument {
  readonly locale: Locale;
  readonly subject: string;
  readonly greeting: string;
  readonly blocks: readonly MailBlock[];
  readonly signature: string;
  /** Why this mail came, in small print. */
  readonly footnote: string;
}

export const paragraph = (text: string): MailBlock => ({ kind: 'paragraph', text });
