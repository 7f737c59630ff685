import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Baseline, endOfModel, Journal, SequentialModel, takeBaseline } from '@ge/audit';
import {
  type Database,
  OrderEntity,
  SellerAddressEntity,
  SellerEntity,
  ShippingTemplateEntity,
  SkuEntity,
} from '@ge/database';
import { startMailSink } from '@ge/embedded';
import type { QueueSpace } from '@ge/queue';
import { eventually, runFolder } from '@ge/testkit';
import { accept } from './accept.ts';
import { openLabelDesk } from './acceptLabel.ts';
import { carrierKey, openCarrier } from './carrier.ts';
import type { Command } from './command.ts';
import { endedNow, endOfDatabase, endOfMessages, owedNow, whatIsOwed } from './endState.ts';
import { Fleet } from './fleet.ts';
import { marketOf } from './market.ts';
import { asJournaled, asModelled } from './model.ts';

export interface Stores {
  readonly database: Database;
  readonly databaseUrl: string;
  readonly space: QueueSpace;
}

/** A market in the database, the carriers, a mail server, the fleet's processes (none started), and the model of it all. */
export class Scene {
  readonly fleet: Fleet;
  readonly database: Database;
  readonly space: QueueSpace;
  /** What was accepted, where it is kept. */
  readonly journal: Journal | null;
  readonly #model: SequentialModel;
  readonly #outside: Awaited<ReturnType<typeof openOutside>>;

  constructor(
    stores: Stores,
    market: Baseline,
    outside: Awaited<ReturnType<typeof openOutside>>,
    journal: Journal | null,
  ) {
    this.database = stores.database;
    this.space = stores.space;
    this.#model = new SequentialModel(market);
    this.#outside = outside;
    this.journal = journal;
    const env = { ...outside.carrier.env, SMTP_URL: outside.mail.url };
    this.fleet = new Fleet({ databaseUrl: stores.databaseUrl, space: stores.space, env });
  }

  /** Accepts commands in this order, each in a transaction of its own. Returns how many the programme took. */
  async accept(commands: readonly Command[]): Promise<number> {
    let taken = 0;
    for (const command of commands) {
      const given = { at: new Date(), desk: this.#outside.desk };
      const accepted = await this.database.transaction((tx) => accept(tx, command, given));
      if (!accepted) continue;
      this.#model.apply(asModelled(accepted));
      this.journal?.add(asJournaled(accepted, Date.now()));
      taken += 1;
    }
    return taken;
  }

  /** The carriers' own book, and what lets one read it. */
  get carriersBook() {
    return this.#outside.carrier.book;
  }

  /** As if the time of the claims on mails had passed that dead processes left behind. */
  async letMailClaimsEnd(): Promise<void> {
    await this.database.query(`update mails set lease_until = now() where state = 'claimed'`);
  }

  /** How many messages are owed, counted to `enough` at most; null while the database is away. */
  owed(enough: number): Promise<number | null> {
    return owedNow(this.database, enough).catch(() => null);
  }

  /**
   * Until the fleet is in the middle of it: some of what is owed was done, and much of it was not. A fleet that was sooner
   * done than looked at is given more.
   */
  async inTheMiddle(more: readonly Command[]): Promise<void> {
    await eventually('the fleet is at work', async () => (await endedNow(this.database)) > 2, 60_000);
    for (let times = 0; (await this.owed(5)) !== 5; times += 1) {
      if (times === 20) throw new Error('the load was always too small to be in the middle of it');
      await this.accept(more);
    }
  }

  /** Until nothing is owed but what invitations want in a week or two. */
  async drained(withinMs = 180_000): Promise<void> {
    await eventually('nothing is owed', async () => (await this.owed(1)) === 0, withinMs).catch(
      async (cause: Error) => {
        throw new Error(`${cause.message}: ${JSON.stringify(await whatIsOwed(this.database))}`, { cause });
      },
    );
  }

  /** What came of the commands, beside what the model says must have come of them. */
  async ends() {
    const [ledger, mails] = await Promise.all([this.#outside.carrier.ledger(), this.#outside.arrived()]);
    const was = await endOfDatabase(this.database);
    return {
      was,
      shouldBe: endOfModel(this.#model),
      messages: await endOfMessages(this.database),
      money: {
        charges: ledger.charges - was.labelled.length,
        doubleCharged: ledger.doubleCharged,
        voids: ledger.voids,
      },
      /** How many mails never arrived, how many were given up, and how often the one arrived that came most often. */
      mails: {
        missing: was.mails.length - mails.size,
        unanswered: (await this.database.query(`select from mails where state = 'abandoned'`)).length,
        mostOften: Math.max(0, ...mails.values()),
      },
    };
  }

  async close(): Promise<void> {
    await this.fleet.close();
    await this.#outside.close();
  }
}

export const noMoneyAmiss = { charges: 0, doubleCharged: 0, voids: 0 };

export interface Kept {
  /** Where a journal of what is accepted is kept, with the baseline beside it. */
  readonly journal: string;
  /** Where the carriers keep their book. */
  readonly carriersBook: string;
}

export async function openScene(
  stores: Stores,
  size: { readonly sellers: number; readonly guests: number },
  kept: Kept | null = null,
) {
  const now = new Date();
  const market = marketOf(size.sellers, size.guests, now);
  await stores.database.transaction(async (tx) => {
    await tx.insert(SellerEntity, market.sellers);
    await tx.insert(SellerAddressEntity, market.addresses);
    await tx.insert(ShippingTemplateEntity, market.templates);
    await tx.insert(SkuEntity, market.skus);
    await tx.insert(OrderEntity, market.orders);
  });
  const journal = kept && new Journal(kept.journal);
  const sellers = market.sellers.map(({ id }) => id);
  if (kept) await takeBaseline(stores.database, kept.journal, sellers);
  return new Scene(stores, market, await openOutside(market, kept?.carriersBook), journal);
}

/** What lies outside the fleet: carriers and a mail server. */
async function openOutside(market: Baseline, carriersBook?: string) {
  const carrier = await openCarrier(carriersBook);
  const folder = await runFolder();
  const mail = await startMailSink({ mailDir: join(folder.path, 'mail') });
  return {
    carrier,
    mail,
    desk: await openLabelDesk(market, carrier.url, carrierKey),
    /** How often each mail arrived, by its Message-ID. */
    arrived: async (): Promise<Map<string, number>> => {
      const times = new Map<string, number>();
      for (const name of await readdir(mail.mailDir)) {
        const text = await readFile(join(mail.mailDir, name), 'utf8');
        const [, id] = /^message-id:\s*(\S+)/im.exec(text)!;
        times.set(id!, (times.get(id!) ?? 0) + 1);
      }
      return times;
    },
    close: async () => {
      await mail.close();
      await carrier.close();
      folder.discard();
    },
  };
}
