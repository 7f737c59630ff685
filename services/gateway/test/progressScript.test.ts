import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Browser } from 'happy-dom';
import { expect, it } from 'vitest';
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

it('follows the propagation past a failing answer to its end, leaves unchanged parts alone, and then stops', async () => {
  const views = everyView('Mei');
  const running = renderProgrammePage(pageOf(views.propagating));
  const finished = renderProgrammePage(pageOf(views['active with blocked']));
  await using server = await servePages([running, running, '', running, finished]);
  const browser = new Browser({
    settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true },
  });
  try {
    const page = browser.newPage();
    await page.goto(server.url);
    const { document } = page.mainFrame;
    const heading = document.querySelector('h1');
    const firstRow = document.querySelector('#templates tr');
    expect(heading?.textContent).toBe('Enrolling your templates');
    await page.waitUntilComplete();
    expect(server.looks).toHaveLength(5);
    expect(document.querySelector('h1')).toBe(heading);
    expect(heading?.textContent).toBe('You are enrolled; some templates are blocked');
    expect(document.querySelector('[data-propagating]')).toBeNull();
    expect(document.querySelector('#progress-summary')?.textContent).toContain('1 of 1 template done, 1 blocked.');
    expect(document.querySelectorAll('#templates tr')).toHaveLength(1);
    expect(document.querySelector('#templates tr')).not.toBe(firstRow);
    expect(document.title).toContain('some templates are blocked');
  } finally {
    await browser.close();
  }
});
