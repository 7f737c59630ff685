import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Decision, ShippingTemplate } from '../../src/index.ts';
import {
  chooseShipFrom,
  confirmOptions,
  deactivateGlobalExpress,
  editDomesticShipping,
  reviewOptions,
  saveTemplate,
  switchAutomationOn,
  switchGlobalExpressOn,
} from '../../src/index.ts';
import { generalAddressId } from '../builders/aSeller.ts';
import { aTemplate, domesticByBand, domesticByShipment } from '../builders/aTemplate.ts';
import { deactivation, enablement } from '../builders/contexts.ts';
import { aMoment } from '../builders/moments.ts';
import { granted } from '../builders/refused.ts';

const steps = ['automation_on', 'ship_from_chosen', 'ge_switched_on', 'reviewed', 'confirmed'] as const;

/** How far the seller is (0 = nothing done), what the last review showed, and whether GE is on. */
interface Model {
  reached: number;
  shape: 'shipment' | 'band';
  reviewedShape: 'shipment' | 'band' | null;
  isEnabled: boolean;
}

interface Real {
  template: ShippingTemplate;
  digest: string;
  commandNo: number;
}

const at = (real: Real) => enablement(real.commandNo);

/** A refused step leaves everything as it was and names the first step missing; a step in order counts. */
function check(decision: Decision<ShippingTemplate>, place: number, model: Model, real: Real): void {
  if (model.isEnabled) {
    expect(decision).toMatchObject({ ok: false, refusals: [{ code: 'template.already_enabled' }] });
  } else if (model.reached < place - 1) {
    const step = steps[model.reached];
    expect(decision).toMatchObject({ ok: false, refusals: [{ code: 'template.step_missing', params: { step } }] });
  } else {
    real.template = granted(decision);
    model.reached = place;
    expect(real.template.wizard?.step).toBe(steps[place - 1]);
    expect(real.template.geState).not.toBe('enabled');
  }
}

const isInOrder = (place: number, model: Model): boolean => !model.isEnabled && model.reached >= place - 1;

/** `name` is what a counterexample shows. */
interface Step {
  readonly name: string;
  readonly run: (model: Model, real: Real) => void;
}

const step = (name: string, run: Step['run']): Step => ({ name, run });

const automation = step('automation', (model, real) =>
  check(switchAutomationOn(real.template, at(real)), 1, model, real),
);
const shipFrom = step('ship-from', (model, real) =>
  check(chooseShipFrom(real.template, { shipFrom: [generalAddressId] }, at(real)), 2, model, real),
);
const globalExpress = step('ge on', (model, real) => check(switchGlobalExpressOn(real.template), 3, model, real));
const review = step('review', (model, real) => {
  const decision = reviewOptions(real.template, at(real));
  if (decision.ok) {
    real.digest = decision.value.review.digest;
    model.reviewedShape = model.shape;
  }
  check(decision.ok ? { ...decision, value: decision.value.template } : decision, 4, model, real);
});
const confirm = step('confirm', (model, real) => {
  const decision = confirmOptions(real.template, real.digest, at(real));
  if (isInOrder(5, model) && model.reviewedShape !== model.shape) {
    expect(decision).toMatchObject({ ok: false, refusals: [{ code: 'template.digest_stale' }] });
  } else check(decision, 5, model, real);
});
const save = step('save', (model, real) => {
  const decision = saveTemplate(real.template, at(real));
  if (!isInOrder(6, model)) return check(decision, 6, model, real);
  if (model.reviewedShape !== model.shape) {
    expect(decision).toMatchObject({ ok: false, refusals: [{ code: 'template.digest_stale' }] });
    return;
  }
  real.template = granted(decision);
  expect(real.template).toMatchObject({ geState: 'enabled', wizard: null, regionAutomation: true });
  Object.assign(model, { reached: 0, isEnabled: true, reviewedShape: null });
});
const reprice = step('domestic edit', (model, real) => {
  model.shape = model.shape === 'band' ? 'shipment' : 'band';
  const domestic = model.shape === 'band' ? domesticByBand : domesticByShipment;
  real.template = granted(editDomesticShipping(real.template, domestic, aMoment));
});
const deactivate = step('deactivate', (model, real) => {
  real.template = deactivateGlobalExpress(real.template, deactivation(real.commandNo)).template;
  expect(real.template.geState).not.toBe('enabled');
  if (model.isEnabled) model.isEnabled = false;
});

it('the wizard follows its model under any steps in any order (R7, R8)', () => {
  const inOrder = [automation, shipFrom, globalExpress, review, confirm, save];
  const anyStep = fc.constantFrom(...inOrder, ...inOrder, reprice, deactivate);
  // Mostly in order, with strays between: random steps alone seldom come as far as the save.
  const walks = fc
    .array(fc.tuple(fc.boolean(), anyStep), { maxLength: 40 })
    .map((strays) => strays.flatMap(([isStray, stray], index) => [inOrder[index % 6]!, ...(isStray ? [stray] : [])]));
  let saves = 0;
  fc.assert(
    fc.property(walks, (walk) => {
      const model: Model = { reached: 0, shape: 'shipment', reviewedShape: null, isEnabled: false };
      const real: Real = { template: aTemplate(), digest: '', commandNo: 0 };
      for (const { run } of walk) {
        real.commandNo++;
        run(model, real);
      }
      if (model.isEnabled) saves++;
    }),
    { numRuns: 300 },
  );
  // Otherwise the walks would prove little: about one in six ends with GE on.
  expect(saves).toBeGreaterThan(10);
});
