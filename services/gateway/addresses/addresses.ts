import { routes } from '@ge/api';
import { addressesOfSellers, addressesPage, SellerAddressEntity, SellerEntity } from '@ge/database';
import { generalAddressRefusals, validateUnitedStatesAddress } from '@ge/domain';
import { findingsOf } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { pageOf } from '../http/pages.ts';
import { found, Refused } from '../http/refused.ts';
import { AddressBook } from '../sellers/addressBook.ts';
import { lockSeller, readSeller } from '../sellers/lockSeller.ts';

export const listAddresses = handle(routes.addresses.listAddresses, async ({ tx, params, query }) => {
  const { id: sellerId } = await readSeller(tx, params.sellerId);
  const rows = await addressesPage(tx, { sellerId, after: query.cursor ?? null, limit: query.limit + 1 });
  return { status: 200, body: pageOf(rows, query.limit, ({ id }) => id) };
});

export const addAddresses = handle(routes.addresses.addAddresses, async ({ tx, params, body, now, locale }) => {
  const seller = await lockSeller(tx, params.sellerId);
  const book = new AddressBook(await addressesOfSellers(tx, [seller.id]), now);
  const addressIds = body.addresses.map((address) => book.add(seller.id, address));
  const findings = body.addresses.flatMap((address, index) => {
    const decision = validateUnitedStatesAddress(address, { at: `/addresses/${index}` });
    return decision.ok ? decision.warnings : decision.refusals;
  });
  await tx.insert(SellerAddressEntity, book.added);
  return { status: 201, body: { addressIds, warnings: findingsOf(findings, locale) } };
});

export const checkAddress = handle(routes.addresses.checkAddress, async ({ body, locale }) => {
  const decision = validateUnitedStatesAddress(body.address, { at: '/address' });
  return {
    status: 200,
    body: {
      valid: decision.ok,
      normalised: decision.ok ? decision.value : null,
      refusals: decision.ok ? [] : findingsOf(decision.refusals, locale),
      warnings: decision.ok ? findingsOf(decision.warnings, locale) : [],
    },
  };
});

export const setGeneralAddress = handle(
  routes.addresses.setGeneralAddress,
  async ({ tx, params, body: { addressId }, locale }) => {
    const seller = { ...(await lockSeller(tx, params.sellerId)), generalAddressId: addressId };
    const addresses = await addressesOfSellers(tx, [seller.id]);
    const entry = found(addresses.find(({ id }) => id === addressId));
    const refusals = generalAddressRefusals({ seller, addresses });
    if (refusals.length > 0) throw new Refused(refusals);
    const judged = validateUnitedStatesAddress(entry.address, { at: '/generalAddress' });
    await tx.update(SellerEntity, [seller], ['generalAddressId']);
    return { status: 200, body: { seller, warnings: judged.ok ? findingsOf(judged.warnings, locale) : [] } };
  },
);
