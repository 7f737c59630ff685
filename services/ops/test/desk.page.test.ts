import { axeFindings, type Browser, hasBrowser, openBrowser, type Visitor, visitor } from '@ge/testkit/browser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OpsFixture } from './opsFixture.ts';

describe.runIf(hasBrowser)('the desk of operations in a browser', () => {
  let ops: OpsFixture;
  let browser: Browser;
  let someone: Visitor;

  beforeAll(async () => {
    ops = await OpsFixture.open();
    browser = await openBrowser();
    someone = await visitor(browser, ops.base);
  });
  afterAll(async () => {
    await browser?.close();
    await ops?.close();
  });

  test('is entered by keyboard alone, with the mistake read out, and left again', async () => {
    const { page, complaints } = someone;
    await page.goto(`${ops.base}/`);
    expect(await axeFindings(page)).toEqual([]);
    // As whoever types does: a page that was just shown may take a moment to put the cursor there.
    const ready = () => page.locator('input:focus').and(page.getByLabel('Operator key')).waitFor();
    await ready();
    await page.keyboard.type('not-a-key');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('alert').textContent()).toContain('not an operator key');
    expect(await axeFindings(page)).toEqual([]);
    const { key } = await ops.issueKey();
    await ready();
    await page.keyboard.type(key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Queues' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Log out' }).press('Enter');
    await page.getByLabel('Operator key').waitFor();
    await page.goto(`${ops.base}/board/`);
    await page.getByLabel('Operator key').waitFor();
    expect(complaints).toEqual([]);
  });

  test('has nothing that keeps anyone from using a page, for whoever may do most', async () => {
    const { context, page, complaints } = await visitor(browser, ops.base, { viewport: { width: 360, height: 700 } });
    const id = await ops.message('region-fanout', { state: 'dead' });
    await ops.db.database.query(`insert into pauses values ('label-purchase', '*', 'repair')`);
    await page.goto(`${ops.base}/reason`);
    await page.getByLabel('Operator key').fill((await ops.issueKey({ role: 'admin' })).key);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByLabel('Reason').fill('a drill');
    await page.getByRole('button', { name: 'Keep this reason' }).click();
    for (const path of ['/', '/backlog', '/backlog?seller=S1', '/dead', `/why?id=${id}`, '/audit', '/reason']) {
      await page.goto(ops.base + path);
      expect(await axeFindings(page), path).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('shows the board with every queue, asks nobody else for anything and breaks no policy', async () => {
    const { page, complaints } = await visitor(browser, ops.base);
    await ops.message('region-fanout');
    await page.goto(`${ops.base}/board/`);
    await page.getByLabel('Operator key').fill((await ops.issueKey()).key);
    await page.getByRole('button', { name: 'Log in' }).click();
    for (const queue of ['enrollment-invitations', 'region-fanout', 'label-purchase'])
      await page.getByRole('link', { name: queue }).first().waitFor();
    await page.getByRole('link', { name: 'region-fanout' }).first().click();
    await page.waitForURL(/\/board\/queue\/region-fanout/);
    expect(complaints).toEqual([]);
  });
});
