import { z } from 'zod';

const id = z.string().min(1).max(200);
const instant = z.union([z.string(), z.date()]);
const ofSeller = { sellerId: id };
const ofTemplate = { sellerId: id, templateId: id };
const templateRef = z.union([z.strictObject({ id }), z.strictObject({ name: z.string() })]);

/**
 * What was asked of the programme, with what a sequential model needs to carry it out: ids, numbers and settings, nothing
 * personal. A part that a domain type describes (`domesticShipping`, `fees`) is kept as it was sent.
 */
export const command = z.discriminatedUnion('kind', [
  /** `templates` null: all of the seller's, whatever will be there when its turn comes (R3). */
  z.strictObject({ kind: z.literal('enroll'), ...ofSeller, templates: z.array(id).nullable() }),
  z.strictObject({ kind: z.literal('deactivate-all'), ...ofSeller }),
  z.strictObject({ kind: z.literal('deactivate-template'), ...ofTemplate }),
  z.strictObject({ kind: z.literal('save-region-setting'), ...ofSeller, destinations: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal('create-template'),
    ...ofSeller,
    templateId: id.nullable(),
    name: z.string(),
    domesticShipping: z.unknown(),
  }),
  z.strictObject({ kind: z.literal('edit-domestic-shipping'), ...ofTemplate, domesticShipping: z.unknown() }),
  z.strictObject({ kind: z.literal('edit-fees'), ...ofTemplate, fees: z.array(z.unknown()) }),
  /** The by-hand path in one call (R8). */
  z.strictObject({
    kind: z.literal('activate-template'),
    ...ofTemplate,
    shipFrom: z.array(id).nullable(),
    carrierPreferences: z.array(z.string()).nullable(),
  }),
  z.strictObject({
    kind: z.literal('assign-skus'),
    ...ofSeller,
    items: z.array(z.strictObject({ sku: z.string(), template: templateRef })),
  }),
  /** `rows` null: too many to keep; then only that all of them were accounted for is checked, by `rowCount`. */
  z.strictObject({
    kind: z.literal('upload-feed'),
    ...ofSeller,
    feedId: id.nullable(),
    rowCount: z.int().min(0),
    rows: z.array(z.strictObject({ sku: z.string(), templateName: z.string().nullable() })).nullable(),
  }),
  z.strictObject({
    kind: z.literal('upload-confirmations'),
    ...ofSeller,
    feedId: id.nullable(),
    orderIds: z.array(id),
  }),
  /** The order as it was answered, without its address: it was decided on the templates and suspensions of that moment. */
  z.strictObject({
    kind: z.literal('create-order'),
    ...ofSeller,
    order: z.looseObject({ id, shipBy: instant.optional(), createdAt: instant.optional() }),
  }),
  /** `confirms`: the label's parcel holds all that was left of the order (R18). */
  z.strictObject({
    kind: z.literal('buy-label'),
    ...ofSeller,
    orderId: id,
    labelId: id.nullable(),
    confirms: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('void-label'), ...ofSeller, orderId: id, labelId: id }),
  z.strictObject({ kind: z.literal('suspend'), destination: z.string() }),
  z.strictObject({ kind: z.literal('lift-suspension'), destination: z.string() }),
  z.strictObject({ kind: z.literal('invite'), ...ofSeller }),
  /** Any job of the catalogue that the model has no rules for; only that it ended exactly once is checked. */
  z.strictObject({ kind: z.literal('job'), ...ofSeller, name: z.string() }),
]);

export type Command = z.infer<typeof command>;
export type CommandKind = Command['kind'];
export type CommandOf<K extends CommandKind> = Extract<Command, { kind: K }>;

/** The seller that a command is about; null = the whole programme. */
export const sellerOf = (asked: Command): string | null => ('sellerId' in asked ? asked.sellerId : null);
