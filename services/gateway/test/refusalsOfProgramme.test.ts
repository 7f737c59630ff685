import { routes } from '@ge/api';
import { EnrollmentEntity, InvitationEntity } from '@ge/database';
import type { InvitationId, SellerId } from '@ge/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codesOf, refusedWith } from './refusedWith.ts';
import { aSeller, importSeller } from './sellers.ts';
import { startGateway, type TestGateway } from './startGateway.ts';
import { openShop } from './tradeFixture.ts';

/** Every refusal that the document names for these calls, once; what they mean is tested where the rule is. */
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway?.close());

const codes = async (call: Promise<unknown>) => codesOf(await refusedWith(call));
const operator = () => gateway.operator;
const newSeller = async () => (await importSeller(operator())).sellerId;
const invite = (sellerId: string) => operator().call(routes.invitations.invite, { params: { sellerId } });
const leaveUnitedStates = (sellerId: string) =>
  gateway.database.query(`update sellers set country = 'CN' where id = $1`, [sellerId]);
const enrolled = (sellerId: SellerId) =>
  gateway.database.transaction((tx) =>
    tx.insert(EnrollmentEntity, [
      {
        sellerId,
        state: 'active',
        commandNo: 0,
        templateScope: null,
        operationId: null,
        enrolledAt: new Date(),
        closedAt: null,
      },
    ]),
  );
const ended = (id: InvitationId, state: 'expired' | 'revoked') =>
  gateway.database.transaction(async (tx) => {
    const [row] = await tx.lock(InvitationEntity, [id]);
    await tx.update(InvitationEntity, [{ ...row!, state, endedAt: new Date() }]);
  });

it('a seller has a time zone that exists', async () => {
  const body = { sellers: [aSeller({ timeZone: 'Moon/Crater' })] };
  expect(await codes(operator().call(routes.sellers.importSellers, { body }))).toEqual(['time.zone_unknown']);
});

describe('an invitation', () => {
  it('goes to sellers of the United States who are neither in nor invited', async () => {
    const [away, inside, invited] = [await newSeller(), await newSeller(), await newSeller()];
    await leaveUnitedStates(away);
    expect(await codes(invite(away))).toEqual(['seller.not_in_united_states']);
    await enrolled(inside);
    expect(await codes(invite(inside))).toEqual(['invitation.already_enrolled']);
    await invite(invited);
    expect(await codes(invite(invited))).toEqual(['invitation.already_open']);
  });

  it('is reissued while it is open or expired, under the same conditions', async () => {
    const sellerId = await newSeller();
    const { invitation } = await invite(sellerId);
    const reissue = () =>
      operator().call(routes.invitations.reissue, { params: { invitationId: invitation.id as InvitationId } });
    await ended(invitation.id, 'expired');
    await invite(sellerId);
    expect(await codes(reissue())).toEqual(['invitation.already_open']);
    await enrolled(sellerId);
    expect(await codes(reissue())).toContain('invitation.already_enrolled');
    await leaveUnitedStates(sellerId);
    expect(await codes(reissue())).toContain('seller.not_in_united_states');
    await ended(invitation.id, 'revoked');
    expect(await codes(reissue())).toEqual(['invitation.not_open']);
  });
});

describe('an inquiry', () => {
  const open = (sellerId: string, message = 'May we join?') =>
    operator().call(routes.inquiries.openInquiry, { params: { sellerId }, body: { message } });

  it('says something, and comes from sellers who are neither in nor invited', async () => {
    const [silent, inside, invited] = [await newSeller(), await newSeller(), await newSeller()];
    expect(await codes(open(silent, ' '))).toEqual(['inquiry.message_invalid']);
    await enrolled(inside);
    expect(await codes(open(inside))).toEqual(['invitation.already_enrolled']);
    await invite(invited);
    expect(await codes(open(invited))).toEqual(['invitation.already_open']);
  });

  it('is decided once, denied with a reason, approved where the seller may be invited', async () => {
    const sellerId = await newSeller();
    const { id: inquiryId } = await open(sellerId);
    const params = { inquiryId };
    const deny = (reason: string) => operator().call(routes.inquiries.denyInquiry, { params, body: { reason } });
    const approve = () => operator().call(routes.inquiries.approveInquiry, { params });
    expect(await codes(deny(' '))).toEqual(['inquiry.reason_invalid']);
    await invite(sellerId);
    expect(await codes(approve())).toEqual(['invitation.already_open']);
    await enrolled(sellerId);
    expect(await codes(approve())).toContain('invitation.already_enrolled');
    await leaveUnitedStates(sellerId);
    expect(await codes(approve())).toContain('seller.not_in_united_states');
    await deny('Not this month.');
    expect(await codes(approve())).toEqual(['inquiry.already_decided']);
    expect(await codes(deny('Again.'))).toEqual(['inquiry.already_decided']);
  });
});

describe('destinations', () => {
  it('are suspended with a reason, and only those abroad that exist', async () => {
    const suspend = (destination: string, reason = 'The carrier has stopped.') =>
      operator().call(routes.suspensions.suspend, { body: { destination, reason } });
    expect(await codes(suspend('JP', ' '))).toEqual(['suspension.reason_invalid']);
    expect(await codes(suspend('Japan'))).toEqual(['destination.malformed']);
    expect(await codes(suspend('US'))).toEqual(['destination.domestic']);
  });

  it('are excluded by codes that are some', async () => {
    const sellerId = await newSeller();
    const body = { excludedDestinations: ['somewhere'] };
    const save = operator().call(routes.regions.saveRegionSetting, { params: { sellerId }, body });
    expect(await codes(save)).toEqual(['destination.malformed']);
  });
});

describe('SKUs', () => {
  it('leave export for a template without GE, 50 at a time', async () => {
    const shop = await openShop(gateway);
    const params = { sellerId: shop.sellerId };
    const remove = (skus: readonly string[], target: { id: string } | null = null) =>
      operator().call(routes.skus.removeFromExport, { params, body: { skus: skus as never, target: target as never } });
    expect(await codes(remove([]))).toEqual(['edit.empty']);
    const many = Array.from({ length: 51 }, (_, no) => `SKU-${no}`);
    expect(await codes(remove(many))).toEqual(['edit.limit_exceeded']);
    expect(await codes(remove(['SHIRT'], { id: 'none' }))).toEqual(['sku.template_unknown']);
    expect(await codes(remove(['SHIRT'], { id: shop.world }))).toEqual(['removal.target_exports']);
    await gateway.database.query('update shipping_templates set is_default = (id = $2) where seller_id = $1', [
      shop.sellerId,
      shop.world,
    ]);
    expect(await codes(remove(['SHIRT']))).toEqual(['removal.needs_target']);
    await gateway.database.query('update shipping_templates set is_default = false where seller_id = $1', [
      shop.sellerId,
    ]);
    expect(await codes(remove(['SHIRT']))).toEqual(['removal.no_default']);
  });
});
