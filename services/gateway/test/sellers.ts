import { type Client, routes } from '@ge/api';
import type { AddressId, DomesticShipping, SellerId, TemplateId } from '@ge/domain';

export const seattle = {
  name: 'Evergreen Goods',
  line1: '1200 Harbor Ave SW',
  city: 'Seattle',
  state: 'WA',
  postalCode: '98116',
  country: 'US',
};
export const poBox = { ...seattle, line1: 'PO Box 77' };

export const domestic: DomesticShipping = {
  serviceLevels: [
    {
      level: 'standard',
      transitDays: { min: 3, max: 5 },
      fee: {
        kind: 'per_item',
        perShipment: { minor: 499, currency: 'USD' },
        perItem: { minor: 99, currency: 'USD' },
      },
    },
  ],
};

let made = 0;

/** A seller's record as a marketplace sends it; `over` replaces parts of it. */
export const aSeller = (over: object = {}) => {
  made += 1;
  return {
    sellerId: `S${made}-${crypto.randomUUID().slice(0, 8)}`,
    marketplaceId: 'ATVPDKIKX0DER',
    country: 'US',
    name: 'Evergreen Goods LLC',
    email: `seller${made}@example.com`,
    locale: 'en-US' as const,
    timeZone: 'America/Los_Angeles',
    addresses: [seattle],
    generalAddress: 0,
    ...over,
  };
};

export interface ImportedSeller {
  readonly sellerId: SellerId;
  readonly addressIds: readonly AddressId[];
}

export async function importSeller(client: Client, over: object = {}): Promise<ImportedSeller> {
  const answer = await client.call(routes.sellers.importSellers, { body: { sellers: [aSeller(over)] } });
  return answer.sellers[0]!;
}

export async function createTemplate(
  client: Client,
  sellerId: string,
  name: string,
  domesticShipping: DomesticShipping | null = domestic,
): Promise<TemplateId> {
  const body = { name, domesticShipping: domesticShipping as never };
  const answer = await client.call(routes.templates.createTemplate, { params: { sellerId }, body });
  return answer.template.id;
}
