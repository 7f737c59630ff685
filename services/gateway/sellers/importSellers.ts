import { type BodyOf, routes } from '@ge/api';
import { addressesOfSellers, SellerAddressEntity, SellerEntity, type SellerRow } from '@ge/database';
import { type AddressId, parseTimeZone, type Refusal, validateUnitedStatesAddress } from '@ge/domain';
import { findingsOf } from '../http/accepted.ts';
import { handle } from '../http/handler.ts';
import { Malformed, Refused } from '../http/refused.ts';
import { AddressBook } from './addressBook.ts';

type Imported = BodyOf<typeof routes.sellers.importSellers>['sellers'][number];

const newSeller = (sent: Imported, timeZone: string, now: Date): SellerRow => ({
  id: sent.sellerId,
  marketplaceId: sent.marketplaceId,
  country: sent.country,
  name: sent.name,
  email: sent.email,
  locale: sent.locale,
  timeZone,
  generalAddressId: null,
  regionAutoApply: false,
  regionSettingVersion: 0,
  commandNo: 0,
  createdAt: now,
});

/** The zones as the database of zones spells them. Throws Refused with every one it does not know. */
function timeZonesOf(sellers: readonly Imported[]): readonly string[] {
  const decisions = sellers.map(({ timeZone }, index) => parseTimeZone(timeZone, `/sellers/${index}/timeZone`));
  const refusals = decisions.flatMap((decision) => (decision.ok ? [] : decision.refusals));
  if (refusals.length > 0) throw new Refused(refusals);
  return decisions.map((decision, index) => (decision.ok ? decision.value : sellers[index]!.timeZone));
}

/** Throws Malformed where a general address is not one of the addresses sent with it. */
function checkGeneralAddresses(sellers: readonly Imported[]): void {
  const issues = sellers.flatMap(({ generalAddress, addresses }, index) =>
    generalAddress !== null && generalAddress !== undefined && generalAddress >= addresses.length
      ? [
          {
            field: `/sellers/${index}/generalAddress`,
            code: 'schema.too_big',
            message: `generalAddress < addresses.length (${addresses.length})`,
          },
        ]
      : [],
  );
  if (issues.length > 0) throw new Malformed(issues);
}

/** What R6 says of the general addresses: no reason not to import them, but worth knowing. */
const warningsOf = (sellers: readonly Imported[]): readonly Refusal[] =>
  sellers.flatMap(({ generalAddress, addresses }, index) => {
    const address = typeof generalAddress === 'number' ? addresses[generalAddress] : undefined;
    if (!address) return [];
    const decision = validateUnitedStatesAddress(address, { at: `/sellers/${index}/addresses/${generalAddress}` });
    return decision.ok ? decision.warnings : decision.refusals;
  });

export const importSellers = handle(routes.sellers.importSellers, async ({ tx, body, now, locale }) => {
  const { sellers } = body;
  checkGeneralAddresses(sellers);
  const zones = timeZonesOf(sellers);
  const ids = sellers.map(({ sellerId }) => sellerId).sort();
  const known = new Set((await tx.lock(SellerEntity, ids)).map(({ id }) => id));

  // In id order, so that two imports of the same new sellers wait for each other instead of meeting crosswise.
  const sent = sellers.map((seller, index) => newSeller(seller, zones[index]!, now));
  const bySellerId = [...sent].sort((a, b) => (a.id < b.id ? -1 : 1));
  await tx.insert(SellerEntity, bySellerId, true);
  const rows = new Map((await tx.lock(SellerEntity, ids)).map((row) => [row.id, row]));
  const book = new AddressBook(await addressesOfSellers(tx, ids), now);

  const results = sellers.map((seller) => {
    const addressIds = seller.addresses.map((address) => book.add(seller.sellerId, address));
    return {
      sellerId: seller.sellerId,
      created: !known.has(seller.sellerId),
      generalAddressId: generalOf(seller, addressIds, rows.get(seller.sellerId)!),
      addressIds,
    };
  });
  await tx.insert(SellerAddressEntity, book.added);
  await tx.update(
    SellerEntity,
    sent.map((seller, index) => ({ ...seller, generalAddressId: results[index]!.generalAddressId })),
    ['marketplaceId', 'country', 'name', 'email', 'locale', 'timeZone', 'generalAddressId'],
  );
  return { status: 200, body: { sellers: results, warnings: findingsOf(warningsOf(sellers), locale) } };
});

function generalOf(seller: Imported, addressIds: readonly AddressId[], row: SellerRow): AddressId | null {
  const { generalAddress } = seller;
  if (generalAddress === undefined) return row.generalAddressId;
  return generalAddress === null ? null : addressIds[generalAddress]!;
}
