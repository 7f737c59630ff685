import type { CommandNo, Decision, Refusal, SellerId, SuspensionList } from '@ge/domain';
import type { ProgrammeState } from './programmeState.ts';

/** Where a command is carried out: on whose rows, as which of their commands, and when. */
export interface Place {
  readonly state: ProgrammeState;
  readonly id: SellerId;
  readonly suspensions: SuspensionList;
  readonly no: CommandNo;
  readonly at: Date;
}

/** The rules refuse what was accepted: either they were not asked, or the journal has the commands in a wrong order. */
export class ModelRefusal extends Error {
  readonly refusals: readonly Refusal[];

  constructor(refusals: readonly Refusal[]) {
    super(`the model refuses what was accepted: ${refusals.map(({ code }) => code).join(', ')}`);
    this.refusals = refusals;
  }
}

export function granted<T>(decision: Decision<T>): T {
  if (!decision.ok) throw new ModelRefusal(decision.refusals);
  return decision.value;
}
