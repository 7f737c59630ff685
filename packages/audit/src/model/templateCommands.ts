import {
  applyRegionSetting,
  closeEnrollment,
  confirmOptions,
  createTemplate,
  type DomesticShipping,
  deactivateEnrollment,
  deactivateGlobalExpress,
  type EnablementContext,
  type Enrollment,
  editDomesticShipping,
  editInternational,
  enableGlobalExpress,
  previewByHand,
  recountEnrollment,
  type SellerId,
  type ShippingTemplate,
  saveRegionSetting,
  type TemplateId,
  type ZoneFeeChange,
} from '@ge/domain';
import type { Command, CommandOf } from '../journal/command.ts';
import type { TemplateRow } from './baseline.ts';
import { granted, ModelRefusal, type Place } from './place.ts';

const kinds = [
  'enroll',
  'deactivate-all',
  'deactivate-template',
  'save-region-setting',
  'create-template',
  'edit-domestic-shipping',
  'edit-fees',
  'activate-template',
] as const;
type AboutTemplates = CommandOf<(typeof kinds)[number]>;

export const isAboutTemplates = (command: Command): command is AboutTemplates =>
  (kinds as readonly string[]).includes(command.kind);

interface OwedMail {
  readonly sellerId: SellerId;
  readonly kind: string;
}

/** Carries the command out; returns the mails that it leads to. */
export function changeTemplates(command: AboutTemplates, place: Place): readonly OwedMail[] {
  switch (command.kind) {
    case 'enroll':
      return enroll(place, command.templates);
    case 'deactivate-all':
      return deactivateAll(place);
    case 'deactivate-template':
      deactivate(place, command.templateId);
      break;
    case 'save-region-setting':
      saveSetting(place, command.destinations);
      break;
    case 'create-template':
      create(place, command);
      break;
    case 'edit-domestic-shipping': {
      const template = templateOf(place, command.templateId);
      put(place, template, granted(editDomesticShipping(template, command.domesticShipping as never, place.at)));
      break;
    }
    case 'edit-fees': {
      const template = templateOf(place, command.templateId);
      put(place, template, granted(editInternational(template, { fees: command.fees as ZoneFeeChange[] })));
      break;
    }
    case 'activate-template':
      activate(place, command);
  }
  return [];
}

function enroll(place: Place, templates: readonly string[] | null): readonly OwedMail[] {
  const { state, id, no, at } = place;
  const templateScope = templates as readonly TemplateId[] | null;
  eachTemplate(place, (template) =>
    templates && !templates.includes(template.id) ? template : enableGlobalExpress(template, contextOf(place)).template,
  );
  const open: Enrollment = {
    sellerId: id,
    state: 'propagating',
    commandNo: no,
    templateScope,
    operationId: null,
    enrolledAt: at,
    closedAt: null,
  };
  state.of(id).enrollment = closeEnrollment(open, blockedOf(place, templates), no, at);
  return [{ sellerId: id, kind: 'enrollment-ended' }];
}

function deactivateAll(place: Place): readonly OwedMail[] {
  const { state, id, no, at } = place;
  const left = deactivateEnrollment(state.of(id).enrollment, null, no, at);
  if (left.ok && left.value) state.of(id).enrollment = left.value;
  eachTemplate(place, (template) => deactivateGlobalExpress(template, contextOf(place)).template);
  return [{ sellerId: id, kind: 'deactivation-finished' }];
}

function deactivate(place: Place, templateId: string): void {
  const template = templateOf(place, templateId);
  put(place, template, deactivateGlobalExpress(template, contextOf(place)).template);
  recount(place);
}

function saveSetting(place: Place, destinations: readonly string[]): void {
  const mine = place.state.of(place.id);
  const { setting, seller } = granted(saveRegionSetting(mine.seller, destinations, place.no, place.at));
  mine.setting = setting;
  mine.seller = seller;
  eachTemplate(place, (template) => applyRegionSetting(template, setting).template);
}

function create({ state, id, at }: Place, command: CommandOf<'create-template'>): void {
  const existing = { templates: [...state.of(id).templates.values()], aliases: [] };
  const made = granted(
    createTemplate(
      {
        id: command.templateId as TemplateId,
        sellerId: id,
        name: command.name,
        domesticShipping: command.domesticShipping as DomesticShipping | null,
      },
      existing,
    ),
  );
  state.putTemplate({ ...made, createdAt: at });
}

/** What the caller saves at once, then what the worker makes of it. */
function activate(place: Place, command: CommandOf<'activate-template'>): void {
  const template = templateOf(place, command.templateId);
  const context = contextOf(place);
  const { shipFrom, carrierPreferences } = command;
  const choice = { shipFrom: shipFrom ?? template.shipFrom, ...(carrierPreferences && { carrierPreferences }) };
  const reviewed = granted(previewByHand(template, choice as never, context));
  const confirmed = granted(confirmOptions(reviewed.template, reviewed.review.digest, context));
  put(place, template, confirmed);
  const outcome = enableGlobalExpress(templateOf(place, command.templateId), context);
  if (outcome.kind === 'blocked') throw new ModelRefusal(outcome.refusals);
  put(place, template, outcome.template);
  recount(place);
}

function templateOf({ state, id }: Place, templateId: string): TemplateRow {
  const template = state.of(id).templates.get(templateId);
  if (!template) throw new Error(`the model knows no template ${templateId}`);
  return template;
}

const put = ({ state }: Place, before: TemplateRow, next: ShippingTemplate): void =>
  state.putTemplate({ ...before, ...next });

function eachTemplate(place: Place, change: (template: TemplateRow) => ShippingTemplate): void {
  for (const template of place.state.of(place.id).templates.values()) put(place, template, change(template));
}

function recount(place: Place): void {
  const mine = place.state.of(place.id);
  const { enrollment } = mine;
  if (enrollment) mine.enrollment = recountEnrollment(enrollment, blockedOf(place, enrollment.templateScope));
}

const blockedOf = ({ state, id }: Place, scope: readonly string[] | null): number =>
  [...state.of(id).templates.values()].filter(
    (template) => template.geState === 'blocked' && (scope?.includes(template.id) ?? true),
  ).length;

function contextOf({ state, id, suspensions, no, at }: Place): EnablementContext {
  const { seller, addresses, setting } = state.of(id);
  return { seller, addresses, currentSetting: setting, suspensions, commandNo: no, now: at };
}
