import { readFileSync } from 'node:fs';
import type { Locale } from '@ge/domain';

/** A file the page needs, to be served under `assetBase`. */
export interface PageAsset {
  readonly path: '/programme.css' | '/progress.js';
  readonly contentType: string;
  readonly body: string;
}

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Reads the page's style sheet and script from beside this file; once, at boot. */
export const loadPageAssets = (): readonly PageAsset[] => [
  { path: '/programme.css', contentType: 'text/css; charset=utf-8', body: read('programme.css') },
  { path: '/progress.js', contentType: 'text/javascript; charset=utf-8', body: read('progress.js') },
];

/**
 * Headers of the page: nothing inline and nothing from elsewhere runs, nobody frames it, no other site learns the link,
 * nobody keeps a copy.
 */
export const programmePageHeaders = (locale: Locale): Readonly<Record<string, string>> => ({
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Language': locale,
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  // same-origin, not no-referrer: with the latter the form's own Origin header would be null.
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  Vary: 'Accept-Language',
});
