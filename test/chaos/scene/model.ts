import type { OrderRow, RowOf, ShippingTemplateEntity, SkuEntity } from '@ge/database';
import {
  applyDirectChange,
  applyRegionSetting,
  applySuspensions,
  type CommandNo,
  closeEnrollment,
  confirmMessage,
  deactivateEnrollment,
  deactivateGlobalExpress,
  decideFeedRow,
  type EnablementContext,
  type Enrollment,
  enableGlobalExpress,
  expandDestinations,
  followSuspensions,
  indexTemplates,
  type OrderId,
  type RegionSetting,
  recountEnrollment,
  type Seller,
  type SellerId,
  type ShippingTemplate,
  type SuspensionList,
  saveRegionSetting,
  supersedeEarlierRows,
} from '@ge/domain';
import type { Accepted } from './accepted.ts';
import type { Command, Placing } from './command.ts';
import { confirmedOrders, itemsOf, rowsOf } from './files.ts';
import { guestId, type Market, orderId, sellerId, templateId } from './market.ts';

type SkuRow = RowOf<typeof SkuEntity>;
type TemplateRow = RowOf<typeof ShippingTemplateEntity>;
type OfSeller = Exclude<Command, { kind: 'suspend' | 'invite' }>;

/** What a feed comes to. How many rows were rejected is left open where a newer command may have been there before. */
interface FeedEnd {
  readonly sellerId: SellerId;
  readonly no: number;
  readonly rows: number;
  readonly rejected: number | null;
}

/**
 * The programme as it would be if every command were carried out at once and to its end the moment it is accepted, one after
 * another: no messages, no batches, no pages. Only the rules of the domain, folded over what was accepted.
 */
export class SequentialModel {
  readonly templates: Map<string, TemplateRow>;
  readonly skus: Map<string, SkuRow>;
  readonly orders: Map<string, OrderRow>;
  readonly enrollments = new Map<SellerId, Enrollment>();
  readonly feeds: FeedEnd[] = [];
  /** Orders with a label that was bought. */
  readonly labelled: OrderId[] = [];
  /** Sellers with the kind of mail that they got. */
  readonly mails: { readonly sellerId: SellerId; readonly kind: string }[] = [];
  readonly #market: Market;
  readonly #sellers: Map<string, Seller>;
  readonly #settings = new Map<SellerId, RegionSetting>();
  #suspended = new Set<string>();
  #suspensionVersion = 0;

  constructor(market: Market) {
    this.#market = market;
    this.#sellers = new Map(market.sellers.map((seller) => [seller.id, seller]));
    this.templates = new Map(market.templates.map((template) => [template.id, template]));
    this.skus = new Map(market.skus.map((sku) => [skuKey(sku.sellerId, sku.sku), sku]));
    this.orders = new Map(market.orders.map((order) => [order.id, order]));
  }

  apply({ command, no, at }: Accepted): void {
    if (command.kind === 'suspend') this.#suspend(command.destination, command.active, no, at);
    else if (command.kind === 'invite') this.mails.push({ sellerId: guestId(command.guest), kind: 'invitation' });
    else this.#ofSeller(sellerId(command.seller), command, no, at);
  }

  #ofSeller(id: SellerId, command: OfSeller, no: CommandNo, at: Date): void {
    switch (command.kind) {
      case 'enroll':
        this.#enroll(id, no, at);
        break;
      case 'leave':
        this.#leave(id, no, at);
        break;
      case 'deactivate':
        this.#deactivate(id, templateId(id, command.template), no, at);
        break;
      case 'exclude':
        this.#exclude(id, command.destinations, no, at);
        break;
      case 'assign':
        this.#assign(id, command.placings, no);
        break;
      case 'feed':
        this.#feed(id, command.placings, no);
        break;
      case 'confirm':
        this.#confirm(id, no, at);
        break;
      case 'label':
        this.#label(orderId(id, 'label', command.order), at);
    }
  }

  #exclude(id: SellerId, destinations: readonly string[], no: CommandNo, at: Date): void {
    const saved = saveRegionSetting(this.#sellers.get(id)!, destinations, no, at);
    if (!saved.ok) throw new Error('the model refuses what was accepted');
    this.#settings.set(id, saved.value.setting);
    this.#sellers.set(id, saved.value.seller);
    this.#eachTemplate(id, (template) => applyRegionSetting(template, saved.value.setting).template);
  }

  #assign(id: SellerId, placings: readonly Placing[], no: CommandNo): void {
    const change = applyDirectChange(itemsOf(id, placings), this.#skusOf(id), this.#index(id), no);
    if (!change.ok) throw new Error('the model refuses what was accepted');
    for (const sku of change.value.changed)
      this.skus.set(skuKey(id, sku.sku), { ...this.skus.get(skuKey(id, sku.sku))!, ...sku });
  }

  #enroll(id: SellerId, no: CommandNo, at: Date): void {
    this.#eachTemplate(id, (template) => enableGlobalExpress(template, this.#context(id, no, at)).template);
    const fresh = { sellerId: id, state: 'propagating', commandNo: no, templateScope: null } as const;
    const open: Enrollment = { ...fresh, operationId: null, enrolledAt: at, closedAt: null };
    const blocked = this.#blockedOf(id);
    this.enrollments.set(id, closeEnrollment(open, blocked, no, at));
    this.mails.push({ sellerId: id, kind: 'enrollment-ended' });
  }

  #leave(id: SellerId, no: CommandNo, at: Date): void {
    const left = deactivateEnrollment(this.enrollments.get(id) ?? null, null, no, at);
    if (left.ok && left.value) this.enrollments.set(id, left.value);
    this.#eachTemplate(id, (template) => deactivateGlobalExpress(template, this.#context(id, no, at)).template);
    this.mails.push({ sellerId: id, kind: 'deactivation-finished' });
  }

  #deactivate(id: SellerId, template: string, no: CommandNo, at: Date): void {
    const row = this.templates.get(template)!;
    this.templates.set(template, { ...row, ...deactivateGlobalExpress(row, this.#context(id, no, at)).template });
    const enrollment = this.enrollments.get(id);
    if (enrollment) this.enrollments.set(id, recountEnrollment(enrollment, this.#blockedOf(id)));
  }

  #feed(id: SellerId, placings: readonly Placing[], no: CommandNo): void {
    const staged = rowsOf(id, placings).map((row, index) => ({
      ...row,
      recordNo: index + 1,
      outcome: null,
      deletes: false,
    }));
    for (const row of supersedeEarlierRows(staged)) {
      if (row.outcome !== null) continue;
      const key = skuKey(id, row.sku);
      const { effect } = decideFeedRow(row, this.skus.get(key) ?? null, this.#index(id), no);
      if (effect.kind === 'save') this.skus.set(key, { ...this.skus.get(key)!, ...effect.sku });
    }
    this.feeds.push({ sellerId: id, no, rows: staged.length, rejected: null });
  }

  #confirm(id: SellerId, no: CommandNo, at: Date): void {
    const named = confirmedOrders(id);
    let rejected = 0;
    for (const name of named) {
      const order = this.orders.get(name)!;
      const decided = confirmMessage({ orderId: order.id, items: [], shipDate: null }, order, id, at);
      if (decided.ok) this.orders.set(name, { ...order, ...decided.value });
      else rejected += 1;
    }
    this.feeds.push({ sellerId: id, no, rows: named.length, rejected });
  }

  #label(name: string, at: Date): void {
    const order = this.orders.get(name)!;
    this.labelled.push(order.id);
    // One parcel holds the whole order: its label confirms it (R18); paid it is with the first scan, which nobody makes here.
    this.orders.set(name, { ...order, state: 'confirmed', confirmedAt: at });
  }

  #suspend(destination: string, active: boolean, version: number, at: Date): void {
    if (active) this.#suspended.add(destination);
    else this.#suspended.delete(destination);
    this.#suspensionVersion = version;
    const list = this.#suspensions();
    for (const [id, template] of this.templates)
      this.templates.set(id, { ...template, ...applySuspensions(template, list.active, version).template });
    const countries = new Set(expandDestinations([destination]));
    for (const [id, order] of this.orders) {
      if (!countries.has(order.destination)) continue;
      const { timeZone } = this.#sellers.get(order.sellerId)!;
      this.orders.set(id, { ...order, ...followSuspensions(order, list.active, [], timeZone, at).order });
    }
  }

  #suspensions(): SuspensionList {
    const active = [...this.#suspended].map((destination) => ({ destination, state: 'active' as const }));
    return { active, version: this.#suspensionVersion };
  }

  #context(id: SellerId, commandNo: CommandNo, now: Date): EnablementContext {
    return {
      seller: this.#sellers.get(id)!,
      addresses: this.#market.addresses.filter((address) => address.sellerId === id),
      currentSetting: this.#settings.get(id) ?? null,
      suspensions: this.#suspensions(),
      commandNo,
      now,
    };
  }

  #eachTemplate(id: SellerId, change: (template: TemplateRow) => ShippingTemplate): void {
    for (const template of this.templates.values())
      if (template.sellerId === id) this.templates.set(template.id, { ...template, ...change(template) });
  }

  #blockedOf = (id: SellerId): number =>
    [...this.templates.values()].filter(({ sellerId, geState }) => sellerId === id && geState === 'blocked').length;

  #index = (id: SellerId) => indexTemplates([...this.templates.values()].filter((row) => row.sellerId === id));

  #skusOf = (id: SellerId) =>
    new Map([...this.skus.values()].filter((row) => row.sellerId === id).map((row) => [row.sku as string, row]));
}

const skuKey = (seller: string, sku: string) => `${seller} ${sku}`;
