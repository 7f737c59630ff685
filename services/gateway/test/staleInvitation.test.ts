import { routes } from '@ge/api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importSeller } from './sellers.ts';
import { startGateway, type TestGateway } from './startGateway.ts';

/** Nobody has looked at an invitation since its fourteen days passed: its row still says `open`. */
describe('an invitation past its time (R1)', () => {
  let gateway: TestGateway;
  let sellerId: string;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway?.close());
  beforeEach(async () => {
    gateway.clock.set(new Date('2026-05-01T12:00:00Z'));
    ({ sellerId } = await importSeller(gateway.operator));
    await gateway.operator.call(routes.invitations.invite, { params: { sellerId } });
    gateway.clock.set(new Date('2026-05-15T12:00:00Z'));
  });

  const states = async () => {
    const { items } = await gateway.operator.call(routes.invitations.listInvitations, { query: { sellerId } });
    return items.map(({ state, revision }) => `${state} ${revision}`);
  };

  it('does not keep its seller from being invited again', async () => {
    await gateway.operator.call(routes.invitations.invite, { params: { sellerId } });
    expect(await states()).toEqual(['expired 1', 'open 1']);
  });

  it('does not keep an inquiry of its seller from being approved (R2)', async () => {
    const body = { message: 'The mail went astray.' };
    const { id } = await gateway.producer.call(routes.inquiries.openInquiry, { params: { sellerId }, body });
    await gateway.operator.call(routes.inquiries.approveInquiry, { params: { inquiryId: id } });
    expect(await states()).toEqual(['expired 1', 'open 1']);
  });

  it('is reissued, also where another one was opened and has run out since', async () => {
    const { items } = await gateway.operator.call(routes.invitations.listInvitations, { query: { sellerId } });
    const [{ id: invitationId }] = items as [(typeof items)[number]];
    await gateway.operator.call(routes.invitations.reissue, { params: { invitationId } });
    expect(await states()).toEqual(['open 2']);
    gateway.clock.set(new Date('2026-06-01T12:00:00Z'));
    await gateway.operator.call(routes.invitations.invite, { params: { sellerId } });
    gateway.clock.set(new Date('2026-06-20T12:00:00Z'));
    await gateway.operator.call(routes.invitations.reissue, { params: { invitationId } });
    expect(await states()).toEqual(['open 3', 'expired 1']);
  });
});
