import { sellerCountries } from '../data/abroad.ts';
import { type AddressTrouble, troubled, troubleWeights } from '../data/addressTroubles.ts';
import { chineseFirst, chineseSecond, companyFirst, companySecond } from '../data/names.ts';
import { boxLookalikeStreets, crossingPlaces, secondLines, streets, type UsPlace, usPlaces } from '../data/usPlaces.ts';
import type { Random } from '../random.ts';
import type { AddressRecord } from '../records.ts';
import { roleOf } from './cast.ts';
import { planSkus } from './skus.ts';
import { planTemplates } from './templates.ts';
import type { SellerPlan, Wanted } from './world.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** The amazon.com marketplace, where all of them sell. */
export const MARKETPLACE = 'ATVPDKIKX0DER';

function sellerIdOf(index: number, random: Random): string {
  const tail = Array.from({ length: 8 }, () => ALPHABET[random.int(0, ALPHABET.length - 1)]).join('');
  return `A${String(index).padStart(5, '0')}${tail}`;
}

interface Company {
  readonly name: string;
  readonly latin: string;
}

function companyOf(chinese: boolean, random: Random): Company {
  if (!chinese) {
    const name = `${random.pick(companyFirst)} ${random.pick(companySecond)}`;
    return { name, latin: name };
  }
  const [han, latin] = random.pick(chineseFirst);
  const [hanKind, latinKind] = random.pick(chineseSecond);
  return { name: han + hanKind, latin: `${latin} ${latinKind}` };
}

function usAddress(name: string, place: UsPlace, random: Random): AddressRecord {
  const street = random.chance(0.06) ? random.pick(boxLookalikeStreets) : random.pick(streets);
  return {
    name,
    line1: `${random.int(10, 9899)} ${street}`,
    ...(random.chance(0.25) && { line2: random.pick(secondLines) }),
    city: place.city,
    state: place.state,
    postalCode: random.chance(0.1) ? `${place.zip}-${random.int(1000, 9999)}` : place.zip,
    country: 'US',
    phone: `+1 ${random.int(2, 9)}0${random.int(2, 9)} 555 01${String(random.int(0, 99)).padStart(2, '0')}`,
  };
}

type AddressBook = Pick<SellerPlan, 'addresses' | 'generalAddressId' | 'timeZone'>;

function usAddressBook(
  tag: string,
  company: Company,
  trouble: AddressTrouble | null,
  index: number,
  random: Random,
): AddressBook {
  const place = trouble === null && random.chance(0.03) ? random.pick(crossingPlaces) : random.pick(usPlaces);
  const good = usAddress(company.latin, place, random);
  const warehouses = Array.from({ length: random.pick([0, 0, 0, 0, 1, 1, 2]) }, () =>
    usAddress(`${company.latin} Whse`, random.pick(usPlaces), random),
  );
  // A second address that would not do is no obstacle as long as it is not the general one.
  const spare = random.chance(0.05) ? [troubled('po_box', good, place, index, random)] : [];
  const general =
    trouble === null ? [good] : trouble === 'address_missing' ? [] : [troubled(trouble, good, place, index, random)];
  const addresses = [...general, ...warehouses, ...spare].map((address, no) => ({
    id: `adr_${tag}_${no + 1}`,
    address,
  }));
  return { addresses, generalAddressId: general.length > 0 ? addresses[0]!.id : null, timeZone: place.timeZone };
}

function addressBookAbroad(tag: string, company: Company, country: string, random: Random): AddressBook {
  const { place, timeZone } = sellerCountries[country]!;
  const { city, state, postalCode, phone } = place;
  const home: AddressRecord = {
    name: company.latin,
    line1: random.pick(place.streets),
    city,
    ...(state !== undefined && { state }),
    ...(postalCode !== undefined && { postalCode }),
    country,
    phone,
  };
  // A warehouse in the United States does not make a seller abroad eligible.
  const warehouse = random.chance(0.5) ? [usAddress(company.latin, random.pick(usPlaces), random)] : [];
  const addresses = [...warehouse, home].map((address, no) => ({ id: `adr_${tag}_${no + 1}`, address }));
  return { addresses, generalAddressId: addresses[0]!.id, timeZone };
}

/** One seller with everything that belongs to it. The first ones are the cast, who are in the United States and without trouble. */
export function planSeller(index: number, wanted: Wanted, root: Random): SellerPlan {
  const random = root.fork(`seller ${index}`);
  const role = roleOf(index);
  const cast = role !== 'crowd';
  const abroad = !cast && random.chance(0.13);
  const country = abroad ? random.weighted({ CN: 45, GB: 15, CA: 15, DE: 10, JP: 8, MX: 7 }) : 'US';
  const trouble = !cast && !abroad && random.chance(0.16) ? random.weighted(troubleWeights) : null;
  const chinese = country === 'CN' || (country === 'US' && random.chance(0.4));
  const company = companyOf(chinese, random);
  const tag = `s${String(index).padStart(4, '0')}`;
  const book = abroad
    ? addressBookAbroad(tag, company, country, random)
    : usAddressBook(tag, company, trouble, index, random);
  const id = sellerIdOf(index, random);
  const templates = planTemplates(
    { tag, id, role, chinese, book, byHand: country === 'US' && trouble === null },
    random,
  );
  return {
    ...book,
    id,
    index,
    role,
    country,
    trouble,
    locale: chinese ? 'zh-CN' : 'en-US',
    name: company.name,
    email: `${tag}@sellers.example.com`,
    regionAutoApply: role === 'auto_apply',
    enrolls: country === 'US' && (cast || !random.chance(0.05)),
    templates,
    skus: planSkus({ tag, role, templates: templates.length, rows: wanted.rows }, random),
  };
}
