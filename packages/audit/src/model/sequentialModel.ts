import {
  applySuspensions,
  type CommandNo,
  expandDestinations,
  followSuspensions,
  type OrderId,
  type SellerId,
  type SuspensionList,
} from '@ge/domain';
import { type Command, sellerOf } from '../journal/command.ts';
import type { Baseline } from './baseline.ts';
import { changeOrders, isAboutOrders } from './orderCommands.ts';
import { ProgrammeState } from './programmeState.ts';
import { changeSkus, isAboutSkus } from './skuCommands.ts';
import { changeTemplates, isAboutTemplates } from './templateCommands.ts';

/**
 * An accepted command in its place: with the number that it drew from its seller (0 for what draws none) or, for a
 * suspension, the version of the list.
 */
export interface Applied {
  readonly command: Command;
  readonly no: CommandNo;
  readonly at: Date;
  /** A newer one had taken over before its turn came: what it leads to is told once, by the newer one. */
  readonly overtaken?: boolean;
}

/** What a feed comes to. How many rows were rejected is left open where a newer command may have been there before. */
export interface FeedEnd {
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
  readonly state: ProgrammeState;
  readonly feeds: FeedEnd[] = [];
  /** Orders with a label that was bought and not taken back. */
  readonly labelled: OrderId[] = [];
  /** Sellers with the kind of mail that they got. */
  readonly mails: { readonly sellerId: SellerId; readonly kind: string }[] = [];
  readonly #suspended = new Set<string>();
  #suspensionVersion = 0;

  constructor(baseline: Baseline) {
    this.state = new ProgrammeState(baseline);
  }

  /** Throws ModelRefusal for what the rules refuse, and for a seller whom the baseline does not hold. */
  apply({ command, no, at, overtaken = false }: Applied): void {
    if (command.kind === 'suspend') this.#suspend(command.destination, true, no, at);
    else if (command.kind === 'lift-suspension') this.#suspend(command.destination, false, no, at);
    else if (command.kind === 'invite') this.mails.push({ sellerId: command.sellerId as SellerId, kind: 'invitation' });
    else if (command.kind !== 'job') {
      const place = { state: this.state, id: sellerOf(command) as SellerId, suspensions: this.suspensions, no, at };
      if (isAboutTemplates(command)) {
        const mails = changeTemplates(command, place);
        if (!overtaken) this.mails.push(...mails);
      } else if (isAboutSkus(command)) this.feeds.push(...changeSkus(command, place));
      else if (isAboutOrders(command)) {
        const { feeds, labelled, unlabelled } = changeOrders(command, place);
        this.feeds.push(...feeds);
        this.labelled.push(...labelled);
        for (const id of unlabelled) this.labelled.splice(this.labelled.indexOf(id), 1);
      }
    }
  }

  get suspensions(): SuspensionList {
    const active = [...this.#suspended].map((destination) => ({ destination, state: 'active' as const }));
    return { active, version: this.#suspensionVersion };
  }

  /** What was suspended before the first command. */
  beginWith({ active, version }: SuspensionList): void {
    for (const { destination } of active) this.#suspended.add(destination);
    this.#suspensionVersion = version;
  }

  #suspend(destination: string, active: boolean, version: number, at: Date): void {
    if (active) this.#suspended.add(destination);
    else this.#suspended.delete(destination);
    this.#suspensionVersion = version;
    const list = this.suspensions;
    const countries = new Set(expandDestinations([destination]));
    for (const { seller, templates, orders } of this.state.sellers) {
      for (const template of templates.values())
        this.state.putTemplate({ ...template, ...applySuspensions(template, list.active, version).template });
      for (const [id, order] of orders) {
        if (!countries.has(order.destination)) continue;
        orders.set(id, { ...order, ...followSuspensions(order, list.active, [], seller.timeZone, at).order });
      }
    }
  }
}
