import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RegionSetting, ShippingTemplate, SuspensionList } from '../../src/index.ts';
import {
  applyRegionSetting,
  applySuspensions,
  deactivateGlobalExpress,
  destinationsOf,
  enableGlobalExpress,
  offersTo,
} from '../../src/index.ts';
import { aRegionSetting, suspensionsOf } from '../builders/aRegionSetting.ts';
import { aSeller, aSellerAddress } from '../builders/aSeller.ts';
import { anEnabledTemplate, aTemplate } from '../builders/aTemplate.ts';
import { deactivation, enablement } from '../builders/contexts.ts';
import { aMoment } from '../builders/moments.ts';

type Command =
  | { readonly kind: 'enroll' | 'deactivate' }
  | { readonly kind: 'save' | 'suspend'; readonly destinations: readonly string[] };

interface Message {
  readonly command: Command;
  readonly commandNo: number;
  readonly setting: RegionSetting | null;
  readonly suspensions: SuspensionList;
}

/** What is written while the seller's row is locked, at the moment a command is given; the templates hear of it later. */
class Programme {
  setting: RegionSetting | null = null;
  suspensions: SuspensionList = { active: [], version: 0 };
  #commandNo: number;

  constructor(commandNo: number) {
    this.#commandNo = commandNo;
  }

  give(command: Command): Message {
    const commandNo = ++this.#commandNo;
    if (command.kind === 'save') {
      this.setting = aRegionSetting((this.setting?.version ?? 0) + 1, commandNo, command.destinations);
    }
    if (command.kind === 'suspend') {
      this.suspensions = suspensionsOf(this.suspensions.version + 1, ...command.destinations);
    }
    return { command, commandNo, setting: this.setting, suspensions: this.suspensions };
  }
}

interface Facts {
  readonly autoApply: boolean;
  readonly addressGiven: boolean;
}

function deliver(template: ShippingTemplate, message: Message, programme: Programme, facts: Facts): ShippingTemplate {
  const { commandNo } = message;
  const { setting: currentSetting, suspensions } = programme;
  const seller = aSeller({ regionAutoApply: facts.autoApply });
  const addresses = facts.addressGiven ? [aSellerAddress()] : [];
  switch (message.command.kind) {
    case 'enroll':
      return enableGlobalExpress(template, enablement(commandNo, { seller, addresses, currentSetting, suspensions }))
        .template;
    case 'deactivate':
      return deactivateGlobalExpress(template, deactivation(commandNo, { seller, currentSetting })).template;
    case 'save':
      return applyRegionSetting(template, message.setting!).template;
    case 'suspend':
      return applySuspensions(template, message.suspensions.active, message.suspensions.version).template;
  }
}

function inSequence(start: ShippingTemplate, commands: readonly Command[], facts: Facts): ShippingTemplate {
  const programme = new Programme(start.geCommandNo);
  return commands.reduce((template, command) => deliver(template, programme.give(command), programme, facts), start);
}

/** Commands are given in order; `choices` decides after each one which of the outstanding messages arrive, and which twice. */
function inDisorder(
  start: ShippingTemplate,
  commands: readonly Command[],
  facts: Facts,
  choices: readonly number[],
): ShippingTemplate {
  const programme = new Programme(start.geCommandNo);
  const waiting = [...commands];
  const outstanding: Message[] = [];
  let template = start;
  for (let turn = 0; waiting.length > 0 || outstanding.length > 0; turn++) {
    const choice = choices[turn % choices.length]!;
    const next = choice % 3 === 0 || outstanding.length === 0 ? waiting.shift() : undefined;
    if (next) {
      outstanding.push(programme.give(next));
      continue;
    }
    if (outstanding.length === 0) break;
    const index = choice % outstanding.length;
    template = deliver(template, outstanding[index]!, programme, facts);
    const isRepeated = choice % 7 === 0 && turn < 200;
    if (!isRepeated) outstanding.splice(index, 1);
  }
  return template;
}

const destinations = fc.subarray(['FR', 'DE', 'JP', 'BR', 'M49-155', 'M49-142']);
const command: fc.Arbitrary<Command> = fc.oneof(
  { arbitrary: fc.constant<Command>({ kind: 'enroll' }), weight: 3 },
  { arbitrary: fc.constant<Command>({ kind: 'deactivate' }), weight: 2 },
  { arbitrary: destinations.map((codes): Command => ({ kind: 'save', destinations: codes })), weight: 2 },
  { arbitrary: destinations.map((codes): Command => ({ kind: 'suspend', destinations: codes })), weight: 1 },
);
const commands = fc.array(command, { minLength: 1, maxLength: 9 });
const choices = fc.array(fc.nat(1000), { minLength: 8, maxLength: 40 });
const facts = fc.record({ autoApply: fc.boolean(), addressGiven: fc.boolean() });
const readyFacts = facts.map(({ autoApply }): Facts => ({ autoApply, addressGiven: true }));

const wizardOnTheWay = { step: 'automation_on', digest: null } as const;
const start = fc.constantFrom(
  aTemplate(),
  aTemplate({ regionAutomation: true, wizard: wizardOnTheWay }),
  aTemplate({ regionAutomation: true, domesticAutomation: true }),
  aTemplate({ domesticAutomation: true }),
  aTemplate({ geState: 'blocked', geCommandNo: 1 }),
  aTemplate({ geState: 'deactivated', geCommandNo: 2, geCommandLog: { deactivatedNo: 2, enabledNos: [] } }),
);
const enabledStart = fc.constantFrom(
  anEnabledTemplate(1),
  anEnabledTemplate(1, { domesticAutomation: true, geCommandLog: { deactivatedNo: 0, enabledNos: [] } }),
);

const withoutVersion = ({ version: _, ...template }: ShippingTemplate) => template;

describe('any order of arrival (promise 4)', () => {
  it('ends in the state of the sequential order of command numbers, also when messages arrive twice', () => {
    fc.assert(
      fc.property(start, commands, facts, choices, (template, given, known, order) => {
        const disorderly = inDisorder(template, given, known, order);
        expect(withoutVersion(disorderly)).toEqual(withoutVersion(inSequence(template, given, known)));
      }),
      { numRuns: 3000 },
    );
  });

  it('holds for templates that were enabled before, whatever their log says', () => {
    fc.assert(
      fc.property(enabledStart, commands, readyFacts, choices, (template, given, known, order) => {
        const { geCommandLog: _, ...disorderly } = withoutVersion(inDisorder(template, given, known, order));
        const { geCommandLog: __, ...sequential } = withoutVersion(inSequence(template, given, known));
        expect(disorderly).toEqual(sequential);
      }),
      { numRuns: 3000 },
    );
  });

  it('decides by the last of the enroll and deactivate commands', () => {
    fc.assert(
      fc.property(start, commands, readyFacts, choices, (template, given, known, order) => {
        const last = given.findLast(({ kind }) => kind === 'enroll' || kind === 'deactivate');
        const { geState } = inDisorder(template, given, known, order);
        if (last?.kind === 'enroll') expect(geState).toBe('enabled');
        if (last?.kind === 'deactivate') expect(geState).not.toBe('enabled');
      }),
    );
  });

  it('never puts exclusions or suspensions into a template that is not enabled', () => {
    fc.assert(
      fc.property(start, commands, facts, choices, (template, given, known, order) => {
        const end = inDisorder(template, given, known, order);
        if (end.geState === 'enabled') return;
        expect(end).toMatchObject({
          excludedDestinations: [],
          appliedSettingVersion: 0,
          suspendedDestinations: [],
          appliedSuspensionVersion: 0,
        });
      }),
    );
  });

  it('shows in an enabled template the newest suspensions, and the newest setting iff it was saved after enabling', () => {
    fc.assert(
      fc.property(fc.constant(aTemplate()), commands, choices, (template, given, order) => {
        const end = inDisorder(template, given, { autoApply: false, addressGiven: true }, order);
        if (end.geState !== 'enabled') return;
        const lastDeactivation = given.findLastIndex(({ kind }) => kind === 'deactivate');
        const enabledAt = given.findIndex(({ kind }, index) => kind === 'enroll' && index > lastDeactivation);
        const newest = given.findLastIndex(({ kind }) => kind === 'save');
        const saves = given.filter(({ kind }) => kind === 'save').length;
        const suspensions = given.filter(({ kind }) => kind === 'suspend').length;
        expect(end.appliedSettingVersion).toBe(newest > enabledAt ? saves : 0);
        expect(end.appliedSuspensionVersion).toBe(suspensions);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('offers while messages are under way', () => {
  it('are the same before and after the fan-out has arrived (R11, R13)', () => {
    fc.assert(
      fc.property(destinations, destinations, (excluded, suspended) => {
        const template = anEnabledTemplate(1);
        const setting = aRegionSetting(1, 2, excluded);
        const list = suspensionsOf(1, ...suspended);
        const context = { setting, suspensions: list.active };
        const reached = applySuspensions(applyRegionSetting(template, setting).template, list.active, 1).template;
        const before = destinationsOf(template, aMoment, context);
        expect(before).toEqual(destinationsOf(reached, aMoment));
        for (const country of destinationsOf(anEnabledTemplate(1), aMoment)) {
          expect(offersTo(template, country, { ...context, now: aMoment })).toBe(before.includes(country));
        }
      }),
      { numRuns: 30 },
    );
  });
});
