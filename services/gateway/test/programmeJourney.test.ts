import { routes } from '@ge/api';
import type { InvitationId } from '@ge/domain';
import { enrollmentLink, enrollmentToken } from '@ge/mailer';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTemplate, importSeller } from './sellers.ts';
import { enrollmentSecret, startGateway, type TestGateway } from './startGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ INQUIRY_URL: 'https://seller.example.com/inquiry' });
});
afterAll(() => gateway?.close());

const dayMs = 86_400_000;
let sellerId: string;
let invitationId: InvitationId;
let link: string;

beforeEach(async () => {
  gateway.clock.set(new Date('2026-05-04T12:00:00Z'));
  ({ sellerId } = await importSeller(gateway.operator, { name: 'Mei <b>Lin</b>', locale: 'zh-CN' }));
  await createTemplate(gateway.operator, sellerId, 'Ready');
  await createTemplate(gateway.operator, sellerId, 'Bare', null);
  const { invitation } = await gateway.operator.call(routes.invitations.invite, { params: { sellerId } });
  invitationId = invitation.id;
  link = enrollmentLink(gateway.baseUrl, invitationId, 1, [enrollmentSecret]);
});

const open = (url: string, language = 'en') => fetch(url, { headers: { 'accept-language': language } });
const invitation = async () =>
  (await gateway.operator.call(routes.invitations.listInvitations, { query: { sellerId } })).items[0]!;
const standing = () => gateway.operator.call(routes.enrollment.getEnrollment, { params: { sellerId } });

type Node = DefaultTreeAdapterMap['node'];

/** The form behind Enroll, read from the page as a browser would. */
function formOf(page: string): { action: string; fields: URLSearchParams } {
  const fields = new URLSearchParams();
  let action = '';
  const visit = (node: Node): void => {
    if ('attrs' in node) {
      const attribute = (name: string) => node.attrs.find((attr) => attr.name === name)?.value ?? '';
      if (node.tagName === 'form') action = attribute('action');
      if (node.tagName === 'input') fields.append(attribute('name'), attribute('value'));
    }
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(page));
  return { action, fields };
}

const press = (fields: URLSearchParams, action = '/programme/enroll') =>
  fetch(gateway.baseUrl + action, { method: 'POST', body: fields, redirect: 'manual' });

describe('the programme page', () => {
  it('may be opened as often as one likes: only Enroll consumes the invitation (R1, R3)', async () => {
    for (const method of ['GET', 'HEAD', 'GET']) expect((await fetch(link, { method })).status).toBe(200);
    expect(await invitation()).toMatchObject({ state: 'open', endedAt: null });
    expect((await standing()).enrollment).toBeNull();

    const page = await (await open(link)).text();
    expect(page).toContain('Mei &lt;b&gt;Lin&lt;/b&gt;');
    expect(page).toContain('2 templates, of which 1 blocked');
    const form = formOf(page);
    const pressed = await press(form.fields, form.action);
    expect(pressed.status).toBe(303);
    expect(await invitation()).toMatchObject({ state: 'accepted' });
    expect((await standing()).enrollment).toMatchObject({ state: 'propagating', templateScope: null });
    const owed = await gateway.database.query(
      `select name from messages where seller_id = $1 and name = 'propagate-enrollment'`,
      [sellerId],
    );
    expect(owed).toHaveLength(1);

    const progress = await open(new URL(pressed.headers.get('location')!, gateway.baseUrl).href);
    expect(progress.status).toBe(200);
    expect(await progress.text()).toContain('Enrolling your templates');
  });

  it('says so when Enroll is pressed a second time, and shows the way to the result', async () => {
    const form = formOf(await (await open(link)).text());
    const answers = await Promise.all([press(form.fields), press(form.fields), press(form.fields)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409]);
    const late = await press(form.fields);
    expect(late.status).toBe(409);
    expect(await late.text()).toContain('/programme/progress?');
    const again = await open(link);
    expect(again.status).toBe(409);
    expect(await again.text()).toContain('already been used');
    const owed = await gateway.database.query(
      `select name from messages where seller_id = $1 and name = 'propagate-enrollment'`,
      [sellerId],
    );
    expect(owed).toHaveLength(1);
  });

  it('opens nothing for a link that was tampered with', async () => {
    const url = new URL(link);
    const token = url.searchParams.get('token')!;
    const { invitation: other } = await gateway.operator.call(routes.invitations.invite, {
      params: { sellerId: (await importSeller(gateway.operator)).sellerId },
    });
    const flipped = (token[0] === 'A' ? 'B' : 'A') + token.slice(1);
    const changes: Record<string, string>[] = [
      { token: flipped },
      { token: token.slice(1) },
      { token: `${token}A` },
      { token: '' },
      { revision: '2' },
      { revision: '01' },
      { invitation: other.id },
      { invitation: "inv_'; drop table invitations; --" },
      { token: enrollmentToken(invitationId, 1, ['another secret of more than 32 bytes']) },
    ];
    for (const change of changes) {
      const fields = new URLSearchParams({ ...Object.fromEntries(url.searchParams), ...change });
      expect((await open(`${gateway.baseUrl}/programme/enroll?${fields}`)).status, JSON.stringify(change)).toBe(404);
      expect((await press(fields)).status, JSON.stringify(change)).toBe(404);
      expect((await open(`${gateway.baseUrl}/programme/progress?${fields}`)).status).toBe(404);
    }
    const twice = new URLSearchParams([...url.searchParams, ['token', token]]);
    expect((await press(twice)).status).toBe(404);
    expect(await invitation()).toMatchObject({ state: 'open' });
  });

  it('closes when the invitation expires, is revoked or gets a newer link', async () => {
    const { operator, clock } = gateway;
    await operator.call(routes.invitations.reissue, { params: { invitationId } });
    expect((await open(link)).status).toBe(410);
    const newer = enrollmentLink(gateway.baseUrl, invitationId, 2, [enrollmentSecret]);
    expect((await open(newer)).status).toBe(200);
    clock.set(new Date(clock.now().getTime() + 14 * dayMs));
    const expired = await open(newer);
    expect(expired.status).toBe(410);
    expect(await expired.text()).toContain('https://seller.example.com/inquiry');
    expect((await press(new URL(newer).searchParams)).status).toBe(410);

    clock.set(new Date('2026-05-04T12:00:00Z'));
    await operator.call(routes.invitations.revoke, { params: { invitationId } });
    expect((await press(new URL(newer).searchParams)).status).toBe(410);
    expect((await standing()).enrollment).toBeNull();
  });

  it('shows nothing to a link that was replaced, not even when its successor has been used (R1)', async () => {
    await gateway.operator.call(routes.invitations.reissue, { params: { invitationId } });
    const newer = enrollmentLink(gateway.baseUrl, invitationId, 2, [enrollmentSecret]);
    expect((await press(new URL(newer).searchParams)).status).toBe(303);
    for (const path of ['enroll', 'progress']) {
      const answer = await open(link.replace('/enroll?', `/${path}?`));
      expect(answer.status).toBe(410);
      expect(await answer.text()).not.toMatch(/Mei|See the result/);
    }
    expect((await open(newer.replace('/enroll?', '/progress?'))).status).toBe(200);
  });

  it('speaks the language asked for, else the seller’s, and keeps it through the form', async () => {
    expect((await open(link, 'fr')).headers.get('content-language')).toBe('zh-CN');
    expect((await open(link, 'en')).headers.get('content-language')).toBe('en-US');
    const page = await (await open(`${link}&lang=zh`, 'en')).text();
    const form = formOf(page);
    expect(form.action).toBe('/programme/enroll?lang=zh-CN');
    const pressed = await press(form.fields, form.action);
    expect(pressed.headers.get('location')).toMatch(/&lang=zh-CN$/);
  });

  it('shows a template that has no GE once the enrollment is closed as what it is, not as waiting', async () => {
    const pressed = await press(new URL(link).searchParams);
    const progress = new URL(pressed.headers.get('location')!, gateway.baseUrl).href;
    expect(await (await open(progress)).text()).toMatch(/0 of 2 templates done.*Waiting/s);
    await gateway.database.query(`update enrollments set state = 'active' where seller_id = $1`, [sellerId]);
    await gateway.database.query(
      `update shipping_templates set ge_state = case name when 'Ready' then 'enabled' else 'deactivated' end
        where seller_id = $1`,
      [sellerId],
    );
    const page = await (await open(progress)).text();
    expect(page).toMatch(/2 of 2 templates done.*Not enabled/s);
    expect(page).not.toContain('Waiting');
  });

  it('shows the progress to nobody thirty days later', async () => {
    const pressed = await press(new URL(link).searchParams);
    const progress = new URL(pressed.headers.get('location')!, gateway.baseUrl).href;
    expect(await (await open(progress)).text()).toContain('Mei');
    gateway.clock.set(new Date(gateway.clock.now().getTime() + 31 * dayMs));
    const old = await open(progress);
    expect(old.status).toBe(409);
    expect(await old.text()).not.toContain('Mei');
  });

  it('brings its assets and headers', async () => {
    const page = await open(link);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    for (const asset of ['programme.css', 'progress.js']) {
      expect((await open(`${gateway.baseUrl}/programme/${asset}`)).status).toBe(200);
    }
  });

  it('takes a small form only', async () => {
    const large = new URLSearchParams({ token: 'x'.repeat(5_000) });
    expect((await press(large)).status).toBe(413);
    const json = await fetch(`${gateway.baseUrl}/programme/enroll`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(415);
  });
});
