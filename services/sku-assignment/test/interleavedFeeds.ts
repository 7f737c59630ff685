import { assignSkus as assignJob, revertFeed as revertJob, takeInFeed as takeInJob } from '@ge/contracts';
import {
  type Database,
  FeedEntity,
  newId,
  outgoing,
  SellerEntity,
  ShippingTemplateEntity,
  SkuEntity,
  startOperation,
  TemplateAliasEntity,
} from '@ge/database';
import { storeDocument } from '@ge/documents';
import { cancelFeed, type FeedId, queueFeed, revertFeed as revertOf, type SellerId, type TemplateId } from '@ge/domain';
import { type AnyBatchHandler, DatabaseRunner } from '@ge/runtime';
import { enabledTemplateRow, runnerContext, sellerRow, skuRow, templateRow } from '@ge/testkit';
import { applyFeed } from '../applyFeed.ts';
import { assignSkus } from '../assignSkus.ts';
import { revertFeed } from '../revertFeed.ts';
import { takeInFeed } from '../takeInFeed.ts';
import { writeFeedReport } from '../writeFeedReport.ts';

export const skus = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export const templates = ['T-0', 'T-1', 'T-2'] as const;

/** What a row of a feed says in the place of a template when it takes its SKU off sale. */
export const DELETED = 'deleted';

/** Which template a row or an item puts a SKU on; null: a name that no template ever had. */
export type Move = readonly [sku: (typeof skus)[number], template: (typeof templates)[number] | typeof DELETED | null];

export interface Given {
  readonly commandNo: number;
  readonly feedId: FeedId | null;
  readonly moves: readonly Move[];
  readonly dryRun: boolean;
  /** The feed that this one takes back. */
  readonly reverts: FeedId | null;
}

const now = new Date('2026-03-01T12:00:00.000Z');
const handlers: readonly AnyBatchHandler[] = [
  assignSkus,
  takeInFeed(2),
  applyFeed(2),
  revertFeed(2),
  writeFeedReport,
] as never;

/** A seller of whom every message is run by hand, one step after the other or two at a time. */
export class SteppedSeller {
  readonly given: Given[] = [];
  readonly id: SellerId;
  readonly #database: Database;
  readonly #names = new Map<string, string>(templates.map((id) => [id, `Name of ${id}`]));
  #crashes = 0;

  private constructor(database: Database, id: SellerId) {
    this.#database = database;
    this.id = id;
  }

  static async open(database: Database): Promise<SteppedSeller> {
    const seller = new SteppedSeller(database, `S-${crypto.randomUUID().slice(0, 8)}` as SellerId);
    const idOf = (template: string) => seller.#templateId(template);
    await database.transaction(async (tx) => {
      await tx.insert(SellerEntity, [sellerRow(seller.id)]);
      await tx.insert(ShippingTemplateEntity, [
        templateRow(seller.id, idOf('T-0'), { name: 'Name of T-0', isDefault: true }),
        enabledTemplateRow(seller.id, idOf('T-1'), 1, { name: 'Name of T-1' }),
        templateRow(seller.id, idOf('T-2'), { name: 'Name of T-2' }),
      ]);
      await tx.insert(
        SkuEntity,
        skus.map((sku) => skuRow(seller.id, sku, idOf('T-0'))),
      );
    });
    return seller;
  }

  #templateId = (template: string) => `${this.id}-${template}` as TemplateId;
  #nameOf = (template: string | null) => (template === null ? 'Nobody' : this.#names.get(template)!);

  async submit(moves: readonly Move[], dryRun: boolean): Promise<void> {
    const rows = moves.map(([sku, template]) =>
      template === DELETED ? `${sku}\t\td` : `${sku}\t${this.#nameOf(template)}\ta`,
    );
    const text = ['sku\tmerchant_shipping_group_name\tadd-delete', ...rows].join('\n');
    const commandNo = this.given.length + 1;
    const feedId = newId<FeedId>('feed');
    await this.#database.transaction(async (tx) => {
      const kept = { sellerId: this.id, mediaType: 'text/plain', fileName: 'feed.txt' };
      const document = await storeDocument(tx, kept, [Buffer.from(text)]);
      const made = { id: feedId, sellerId: this.id, type: 'inventory-loader' as const, commandNo, dryRun };
      const operationId = await startOperation(tx, { kind: 'feed', sellerId: this.id, now }, [
        outgoing(takeInJob, { payload: { sellerId: this.id, feedId }, sellerId: this.id, commandNo }),
      ]);
      await tx.insert(FeedEntity, [{ ...queueFeed({ ...made, documentId: document.id }, now), operationId }]);
    });
    this.given.push({ commandNo, feedId, moves, dryRun, reverts: null });
  }

  async assign(moves: readonly Move[]): Promise<void> {
    const commandNo = this.given.length + 1;
    const items = moves.map(([sku, template]) => ({ sku, template: { name: this.#nameOf(template) } }));
    await this.#database.transaction((tx) =>
      startOperation(tx, { kind: 'assign-skus', sellerId: this.id, now }, [
        outgoing(assignJob, { payload: { sellerId: this.id, commandNo, items }, sellerId: this.id, commandNo }),
      ]),
    );
    this.given.push({ commandNo, feedId: null, moves, dryRun: false, reverts: null });
  }

  /** Takes one of the feeds back, if it has ended and did anything. */
  async revert(no: number): Promise<void> {
    const chosen = this.#feed(no);
    if (!chosen) return;
    const commandNo = this.given.length + 1;
    const feedId = newId<FeedId>('feed');
    const isTakenBack = await this.#database.transaction(async (tx) => {
      const [feed] = await tx.find(FeedEntity, [chosen]);
      const revert = revertOf(feed!, { id: feedId, commandNo, dryRun: false }, now);
      if (!revert.ok) return false;
      const operationId = await startOperation(tx, { kind: 'revert-feed', sellerId: this.id, now }, [
        outgoing(revertJob, { payload: { sellerId: this.id, feedId }, sellerId: this.id, commandNo }),
      ]);
      await tx.insert(FeedEntity, [{ ...revert.value, operationId }]);
      return true;
    });
    if (isTakenBack) this.given.push({ commandNo, feedId, moves: [], dryRun: false, reverts: chosen });
  }

  #feed(no: number): FeedId | undefined {
    const feeds = this.given.flatMap(({ feedId }) => feedId ?? []);
    return feeds[no % Math.max(1, feeds.length)];
  }

  /** To a name that no template has had. Its present one becomes a former name. */
  async rename(template: (typeof templates)[number]): Promise<void> {
    const former = this.#nameOf(template);
    const name = `${former}+`;
    await this.#database.transaction(async (tx) => {
      const [row] = await tx.lock(ShippingTemplateEntity, [this.#templateId(template)]);
      await tx.update(ShippingTemplateEntity, [{ ...row!, name }], ['name']);
      const alias = { sellerId: this.id, name: former, templateId: row!.id, createdAt: now };
      await tx.insert(TemplateAliasEntity, [alias]);
    });
    this.#names.set(template, name);
  }

  /** Cancels one of the feeds, if it has not ended. */
  async cancel(no: number): Promise<void> {
    const chosen = this.#feed(no);
    if (!chosen) return;
    await this.#database.transaction(async (tx) => {
      const [feed] = await tx.lock(FeedEntity, [chosen]);
      const decision = cancelFeed(feed!, now);
      if (decision.ok) await tx.update(FeedEntity, [{ ...feed!, ...decision.value }], ['state', 'endedAt', 'counts']);
    });
  }

  /** Messages that could run now, due or not. */
  async owed(): Promise<readonly { readonly id: number; readonly gen: number; readonly name: string }[]> {
    await this.#database.query(`update messages set due_at = null where seller_id = $1 and state = 'ready'`, [this.id]);
    const rows = await this.#database.query<{ id: string; gen: number; name: string }>(
      `select id, gen, name from messages where seller_id = $1 and state = 'ready' order by id`,
      [this.id],
    );
    return rows.map(({ id, ...row }) => ({ ...row, id: Number(id) }));
  }

  /**
   * Runs one of them, to the end of its transaction or, where it is to crash, to just before that. Crashes are few: a message
   * that fails again and again is given up.
   */
  async run(no: number, how: 'once' | 'twice' | 'crash'): Promise<boolean> {
    const owed = await this.owed();
    const message = owed[no % Math.max(1, owed.length)];
    if (!message) return false;
    const { id, gen, name } = message;
    const delivery = { name, pointer: { id, gen }, data: { s: this.id }, wasAbandoned: false, sentAt: 0, waitedMs: 0 };
    const handler = handlers.find(({ contract }) => contract.name === name)!;
    const crashes = how === 'crash' && this.#crashes < 3;
    this.#crashes += crashes ? 1 : 0;
    const runners = how === 'twice' ? 2 : 1;
    await Promise.all(
      Array.from({ length: runners }, () =>
        new DatabaseRunner(runnerContext(this.#database), crashes ? crashing(handler) : handler).handle(delivery),
      ),
    );
    return true;
  }

  /** The template that each SKU is on; those off sale are absent. */
  async placed(): Promise<Record<string, string>> {
    const rows = await this.#database.query<{ sku: string; template_id: string }>(
      'select sku, template_id from skus where seller_id = $1',
      [this.id],
    );
    return Object.fromEntries(rows.map(({ sku, template_id }) => [sku, template_id.slice(this.id.length + 1)]));
  }
}

const crashing = (handler: AnyBatchHandler): AnyBatchHandler => ({
  ...handler,
  save: async (...asked) => {
    await handler.save(...asked);
    throw new Error('crash');
  },
});
