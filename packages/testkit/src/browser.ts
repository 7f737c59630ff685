import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export type { Browser } from 'playwright-core';

const found = process.env.GE_TEST_CHROMIUM;

/** Whether there is a Chromium for this run; `browserSetup` has said so where there is none. */
export const hasBrowser = found !== undefined;

const axe = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));

/** A browser without head and without anything it would fetch by itself. Close it at the end. */
export async function openBrowser(): Promise<Browser> {
  const { program, env } = JSON.parse(found!) as { program: string; env: Record<string, string> };
  return chromium.launch({
    executablePath: program,
    env: { ...process.env, ...env },
    args: [
      // Chromium refuses its sandbox to root; the pages are our own.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained of: script errors, refused by the content security policy, requests to elsewhere. */
  readonly complaints: readonly string[];
}

/** A person with a browser of their own: cookies, language and screen are theirs alone. */
export async function visitor(browser: Browser, base: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext(options);
  if (options.javaScriptEnabled !== false) await context.addInitScript({ path: axe });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A refused form answers with a status that the console repeats; the page itself is looked at by the test.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url())) complaints.push(request.url());
  });
  return { context, page, complaints };
}

/** What axe finds on the page as it is now: rule and element of each violation. */
export async function axeFindings(page: Page): Promise<string[]> {
  const found = await page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }> };
    };
    return (await run.run()).violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ target }) => target) }));
  });
  return found.flatMap(({ id, targets }) => targets.map((target) => `${id} at ${target.join(' ')}`));
}
