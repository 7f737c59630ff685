import { carrierRefusals } from '../carrier/carrierRefusals.ts';
import { offerRefusals } from '../carrier/offerRefusals.ts';
import type { RefusalTexts } from './refusal.ts';

/** Every refusal code of the programme with its texts, gathered from the nouns' own tables. */
export const refusalCatalogue: Readonly<Record<string, RefusalTexts>> = {
  ...carrierRefusals.texts,
  ...offerRefusals.texts,
};
