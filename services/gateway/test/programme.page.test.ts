import { routes } from '@ge/api';
import type { InvitationId } from '@ge/domain';
import { enrollmentLink } from '@ge/mailer';
import { type ServiceProcess, startService, testSpace } from '@ge/testkit';
import { axeFindings, type Browser, hasBrowser, openBrowser, visitor } from '@ge/testkit/browser';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTemplate, importSeller } from './sellers.ts';
import { enrollmentSecret, startGateway, type TestGateway } from './startGateway.ts';

describe.runIf(hasBrowser)('the programme page in a browser', () => {
  let gateway: TestGateway;
  let services: readonly ServiceProcess[] = [];
  let browser: Browser;
  let sellerId: string;
  let invitationId: InvitationId;
  let link: string;

  beforeAll(async () => {
    gateway = await startGateway();
    const options = { databaseUrl: gateway.databaseUrl, space: testSpace() };
    services = await Promise.all(['relay', 'template-propagation'].map((name) => startService(name, options)));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all(services.map((service) => service.stop()));
    await gateway?.close();
  });
  beforeEach(async () => {
    ({ sellerId } = await importSeller(gateway.operator, { name: 'Mei Lin' }));
    await createTemplate(gateway.operator, sellerId, 'Ready');
    await createTemplate(gateway.operator, sellerId, 'Bare', null);
    const { invitation } = await gateway.operator.call(routes.invitations.invite, { params: { sellerId } });
    invitationId = invitation.id;
    link = enrollmentLink(gateway.baseUrl, invitationId, 1, [enrollmentSecret]);
  });

  const enroll = { 'en-US': 'Enroll', 'zh-CN': '注册' } as const;

  it.each(['en-US', 'zh-CN'] as const)(
    'is used by keyboard alone, and its progress lives without reloading (%s)',
    async (locale) => {
      const { context, page, complaints } = await visitor(browser, gateway.baseUrl, { locale });
      await page.goto(link);
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.locator('html').getAttribute('lang')).toBe(locale);
      const button = page.getByRole('button', { name: enroll[locale] });
      for (let presses = 0; presses < 20; presses += 1) {
        if (await button.and(page.locator(':focus')).count()) break;
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/programme\/progress\?/);
      // Lost with a reload, kept by a page that is only brought up to date.
      await page.evaluate(() => Object.assign(globalThis, { stayed: true }));
      await page.locator('[data-propagating]').waitFor({ state: 'detached' });
      expect(await page.evaluate(() => 'stayed' in globalThis)).toBe(true);
      const bar = page.getByRole('progressbar');
      expect(await bar.getAttribute('value')).toBe(await bar.getAttribute('max'));
      expect(await page.getByRole('row', { name: 'Bare' }).textContent()).toContain('R9');
      expect(await axeFindings(page)).toEqual([]);
      const { enrollment } = await gateway.operator.call(routes.enrollment.getEnrollment, { params: { sellerId } });
      expect(enrollment?.state).toBe('active_with_blocked');
      await page.goto(link);
      expect(await axeFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  it('does everything without JavaScript', async () => {
    const { context, page } = await visitor(browser, gateway.baseUrl, { javaScriptEnabled: false, locale: 'en-US' });
    await page.goto(link);
    await page.getByRole('button', { name: 'Enroll' }).click();
    await page.waitForURL(/\/programme\/progress\?/);
    await expect
      .poll(async () => {
        await page.reload();
        return page.locator('[data-propagating]').count();
      })
      .toBe(0);
    expect(await page.getByRole('row', { name: 'Ready' }).textContent()).toMatch(/enabled/i);
    await context.close();
  });

  it('fits a narrow screen, enlarged text and dark surroundings', async () => {
    const { context, page } = await visitor(browser, gateway.baseUrl, {
      viewport: { width: 320, height: 640 },
      colorScheme: 'dark',
      reducedMotion: 'reduce',
    });
    await page.goto(link);
    const { scrollWidth, clientWidth } = await page.locator('html').evaluate((root) => ({
      scrollWidth: root.scrollWidth,
      clientWidth: root.clientWidth,
    }));
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
    expect(await axeFindings(page)).toEqual([]);
    await context.close();
  });

  it('says in words why a link no longer works', async () => {
    const { context, page } = await visitor(browser, gateway.baseUrl, { locale: 'en-US' });
    await gateway.operator.call(routes.invitations.revoke, { params: { invitationId } });
    for (const url of [link, `${gateway.baseUrl}/programme/enroll?invitation=none&revision=1&token=x`]) {
      await page.goto(url);
      expect(await page.getByRole('button', { name: 'Enroll' }).count()).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
    }
    await context.close();
  });
});
