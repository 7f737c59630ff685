import { expect } from 'vitest';
import { nothingAmiss } from './endState.ts';
import { noMoneyAmiss, type Scene } from './scene.ts';
import { seed } from './seed.ts';

/** Waits until nothing is owed: the end is that of the sequential model, each effect there once, and every process that is meant to run runs. */
export async function endsWell(scene: Scene): Promise<void> {
  await scene.drained();
  const ends = await scene.ends();
  expect(ends.was, `GE_SEED=${seed}`).toEqual(ends.shouldBe);
  expect(ends.messages).toEqual(nothingAmiss);
  expect(ends.money).toEqual(noMoneyAmiss);
  expect(ends.mails).toEqual({ missing: 0, unanswered: 0, mostOften: 1 });
  expect(scene.fleet.exits()).toEqual([]);
}
