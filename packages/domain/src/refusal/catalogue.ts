import { addressRefusals } from '../address/addressRefusals.ts';
import { deliveryAddressRefusals } from '../address/deliveryAddressRefusals.ts';
import { carrierRefusals } from '../carrier/carrierRefusals.ts';
import { serviceRefusals } from '../carrier/serviceRefusals.ts';
import { dangerousGoodsRefusals } from '../eligibility/dangerousGoodsRefusals.ts';
import { eligibilityRefusals } from '../eligibility/eligibilityRefusals.ts';
import { exportDataRefusals } from '../eligibility/exportDataRefusals.ts';
import { exportFilingRefusals } from '../eligibility/exportFilingRefusals.ts';
import { enrollmentRefusals } from '../enrollment/enrollmentRefusals.ts';
import { domesticRefusals } from '../fee/domesticRefusals.ts';
import { feeRefusals } from '../fee/feeRefusals.ts';
import { feedRefusals } from '../feed/feedRefusals.ts';
import { invitationRefusals } from '../invitation/invitationRefusals.ts';
import { labelReasons } from '../label/labelReasons.ts';
import { labelRefusals } from '../label/labelRefusals.ts';
import { labelBatchRefusals } from '../labelBatch/labelBatchRefusals.ts';
import { reclaimReasons, reclaimRefusals } from '../ledger/reclaimReasons.ts';
import { statementRefusals } from '../ledger/statementRefusals.ts';
import { moneyRefusals } from '../money/moneyRefusals.ts';
import { orderRefusals } from '../order/orderRefusals.ts';
import { destinationRefusals } from '../region/destinationRefusals.ts';
import { regionSettingRefusals } from '../region/regionSettingRefusals.ts';
import { safeguardRefusals } from '../safeguard/safeguardRefusals.ts';
import { skuRefusals } from '../sku/skuRefusals.ts';
import { templateRefusals } from '../template/templateRefusals.ts';
import { timeRefusals } from '../time/timeRefusals.ts';
import type { RefusalTexts } from './refusal.ts';

/** Every refusal code of the programme with its texts, gathered from the nouns' own tables. */
export const refusalCatalogue: Readonly<Record<string, RefusalTexts>> = {
  ...addressRefusals.texts,
  ...deliveryAddressRefusals.texts,
  ...carrierRefusals.texts,
  ...serviceRefusals.texts,
  ...destinationRefusals.texts,
  ...moneyRefusals.texts,
  ...feeRefusals.texts,
  ...domesticRefusals.texts,
  ...eligibilityRefusals.texts,
  ...exportDataRefusals.texts,
  ...dangerousGoodsRefusals.texts,
  ...exportFilingRefusals.texts,
  ...timeRefusals.texts,
  ...enrollmentRefusals.texts,
  ...invitationRefusals.texts,
  ...regionSettingRefusals.texts,
  ...templateRefusals.texts,
  ...feedRefusals.texts,
  ...labelRefusals.texts,
  ...labelReasons.texts,
  ...reclaimReasons.texts,
  ...reclaimRefusals.texts,
  ...labelBatchRefusals.texts,
  ...statementRefusals.texts,
  ...orderRefusals.texts,
  ...safeguardRefusals.texts,
  ...skuRefusals.texts,
};
