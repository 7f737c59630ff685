import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Browser } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { renderProgrammePage } from '../programme-page/page.ts';
import { loadPageAssets } from '../programme-page/pageAssets.ts';
import { everyView, pageOf } from './programmePageModels.ts';

/** Serves the pages one after the other (the last one again and again); an empty page is a failing server. */
async function servePages(pages: readonly string[]) {
  const looks: number[] = [];
  const server = createServer((request, response) => {
    const asset = loadPageAssets().find(({ path }) => request.url === `/programme${path}`);
    if (asset) return void response.setHeader('Content-Type', asset.contentType).end(asset.body);
    const page = pages[Math.min(looks.length, pages.length - 1)] ?? '';
    looks.push(Date.now());
    response.statusCode = page ? 200 : 503;
    // The script takes its pace from the page; a test has no seconds to wait.
    response.setHeader('Content-Type', 'text/html').end(page.replace('data-seconds="3"', 'data-seconds="0.02"'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/programme/enroll`,
    looks,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function openPage(url: string) {
  const browser = new Browser({
    settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true },
  });
  const page = browser.newPage();
  await page.goto(url);
  return {
    document: page.mainFrame.document,
    /** Until no request and no timer of the page is left: the script has stopped by itself. */
    stopped: () => page.waitUntilComplete(),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

const views = everyView('Mei');
const running = renderProgrammePage(pageOf(views.propagating));
const finished = renderProgrammePage(pageOf(views['active with blocked']));

describe('the progress script', () => {
  it('follows the propagation past a failing answer to its end and then stops', async () => {
    await using server = await servePages([running, running, '', running, finished]);
    await using page = await openPage(server.url);
    const { document } = page;
    expect(document.querySelector('h1')?.textContent).toBe('Enrolling your templates');
    await page.stopped();
    expect(server.looks).toHaveLength(5);
    expect(document.querySelector('h1')?.textContent).toBe('You are enrolled; some templates are blocked');
    expect(document.title).toContain('some templates are blocked');
    expect(document.querySelector('[data-propagating]')).toBeNull();
    expect(document.querySelector('#progress-summary')?.textContent).toContain('1 of 1 template done, 1 blocked.');
    expect(document.querySelectorAll('#templates tr')).toHaveLength(1);
  });

  it('leaves unchanged parts alone, so that nothing is read out twice', async () => {
    const again = renderProgrammePage(pageOf({ ...views.propagating, state: 'active' } as typeof views.propagating));
    await using server = await servePages([running, running, again]);
    await using page = await openPage(server.url);
    const row = page.document.querySelector('#templates tr');
    const status = page.document.querySelector('#progress-summary')?.firstChild;
    await page.stopped();
    expect(page.document.querySelector('h1')?.textContent).toBe('You are enrolled in Global Express');
    expect(page.document.querySelector('#templates tr')).toBe(row);
    expect(page.document.querySelector('#progress-summary')?.firstChild).toBe(status);
  });
});
