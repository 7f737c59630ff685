import { dangerousGoodsRefusals } from './dangerousGoodsRefusals.ts';
import type { DangerousGoods } from './exportData.ts';
import { lithiumFindings } from './lithiumFindings.ts';
import { type UnClass, unClassOf } from './unNumbers.ts';
import type { EligibilityFinding } from './verdict.ts';

const FIELD = '/dangerousGoods/unNumber';

const classRules: Readonly<
  Record<
    Exclude<UnClass, 'lithium'>,
    {
      readonly ruleId: string;
      readonly verdict: 'prohibited' | 'restricted';
      readonly code: keyof typeof dangerousGoodsRefusals.texts;
    }
  >
> = {
  explosive: { ruleId: 'EL-D02', verdict: 'prohibited', code: 'dangerous_goods.explosive' },
  infectious: { ruleId: 'EL-D03', verdict: 'prohibited', code: 'dangerous_goods.infectious' },
  radioactive: { ruleId: 'EL-D04', verdict: 'prohibited', code: 'dangerous_goods.radioactive' },
  regulated: { ruleId: 'EL-D05', verdict: 'restricted', code: 'dangerous_goods.regulated' },
};

/** Judges declared dangerous goods by the air rules of the programme's carriers. */
export function dangerousGoodsFindings(goods: DangerousGoods, now: Date): readonly EligibilityFinding[] {
  const { unNumber, lithium } = goods;
  const unClass = unClassOf(unNumber);
  if (unClass === null) {
    const reason = dangerousGoodsRefusals.refusal('dangerous_goods.un_malformed', FIELD);
    return [{ ruleId: 'EL-D01', verdict: 'incomplete', reason }];
  }
  if (unClass === 'lithium') return lithiumFindings(unNumber, lithium, now);
  const { ruleId, verdict, code } = classRules[unClass];
  return [{ ruleId, verdict, reason: dangerousGoodsRefusals.refusal(code, FIELD, { unNumber }) }];
}
