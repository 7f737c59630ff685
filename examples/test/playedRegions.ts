import { applyRegionSetting, applySuspensions, type SuspensionList, saveRegionSetting } from '@ge/domain';
import { type Account, codesOf, nextCommandNo, now } from './inMemory.ts';

/** Saves a list of destinations and carries it to every template it reaches. */
export function saveSetting(account: Account, choice: readonly string[]) {
  const decision = saveRegionSetting(account.seller, choice, nextCommandNo(account), now);
  if (!decision.ok) return { refusedWith: codesOf(decision.refusals), touched: 0 };
  account.seller = decision.value.seller;
  account.setting = decision.value.setting;
  let touched = 0;
  for (const template of account.templates.values()) {
    const outcome = applyRegionSetting(template, decision.value.setting);
    if (outcome.kind === 'changed') touched += 1;
    account.templates.set(template.id, outcome.template);
  }
  return { refusedWith: [], touched };
}

/** Shows the programme's suspensions in every enabled template; gives how many show one. */
export function showSuspensions(accounts: ReadonlyMap<string, Account>, suspensions: SuspensionList): number {
  let showing = 0;
  for (const account of accounts.values()) {
    for (const template of account.templates.values()) {
      const outcome = applySuspensions(template, suspensions.active, suspensions.version);
      account.templates.set(template.id, outcome.template);
      if (outcome.template.suspendedDestinations.length > 0) showing += 1;
    }
  }
  return showing;
}
