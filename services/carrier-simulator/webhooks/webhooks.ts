import type { CarrierName } from '../desk/shipment.ts';
import type { FaultProgramme } from '../faults/faultProgramme.ts';
import type { Charge, ScanCode } from '../ledger/entries.ts';
import type { WebhookWriting } from '../wire/dialect.ts';
import type { Notification, WebhookTargets } from './notification.ts';
import type { NotificationBook, NotificationCounts } from './notificationBook.ts';
import { sendNotification } from './send.ts';

/** Requests under way at a time; real carriers do not open thousands of lines either. */
const AT_ONCE = 16;
const LONGEST_PAUSE_MS = 60_000;
/** With pauses that double up to a minute: for about a day. */
const MOST_ATTEMPTS = 1_450;

interface Waiting {
  readonly notification: Notification;
  /** By the steady clock: not before that. */
  dueAt: number;
  failures: number;
}

interface Surroundings {
  readonly book: NotificationBook;
  readonly faults: FaultProgramme;
  readonly dialects: Readonly<Record<CarrierName, WebhookWriting>>;
  readonly targets: WebhookTargets;
  /** Pause after the first failure; doubles with each further one, up to a minute. */
  readonly firstPauseMs: number;
  readonly now: () => Date;
}

/**
 * Tells tracking events to whoever listens, at least once: until they are answered with 2xx, with growing pauses, across
 * restarts. Those of one parcel go out one after the other, unless a fault script has another order.
 */
export class Webhooks {
  readonly #around: Surroundings;
  readonly #parcels = new Map<string, Waiting[]>();
  /** Carrier by parcel. */
  readonly #underWay = new Map<string, CarrierName>();
  readonly #ending = new AbortController();
  readonly #sending = new Set<Promise<void>>();
  #targets: WebhookTargets;
  #timer: NodeJS.Timeout | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#targets = around.targets;
    for (const notification of around.book.waiting()) this.#enqueue(notification);
    this.#turn();
  }

  get targets(): WebhookTargets {
    return this.#targets;
  }

  /** From now on; what waits goes to the new place, signed with the new key. A carrier without a target tells nothing. */
  set targets(targets: WebhookTargets) {
    this.#targets = targets;
    for (const waiting of [...this.#parcels.values()].flat()) if (waiting.failures > 0) waiting.dueAt = 0;
    this.#turn();
  }

  /** `underWay`: requests that wait for their answer at this moment, copies among them. */
  counts(carrier: CarrierName): NotificationCounts & { readonly underWay: number } {
    const underWay = [...this.#underWay.values()].filter((one) => one === carrier).length;
    return { ...this.#around.book.counts(carrier), underWay };
  }

  /** Writes down that this is to be told; part of the transaction that writes the scan down. Sent once `flush` is called. */
  announce(charge: Charge, code: ScanCode, happenedAt: Date): void {
    const { book, faults, now } = this.#around;
    const { carrier, order } = charge;
    if (!this.#targets[carrier]) return;
    const { reference } = order;
    const effect = faults.drawWebhook({ carrier, reference, askedBefore: () => book.countOf(carrier, reference) });
    this.#enqueue(book.add({ carrier, charge, code, happenedAt, effect }, now()));
  }

  flush(): void {
    this.#turn();
  }

  /** Ends what is under way; what was not taken is sent again by the next process with the same book. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#ending.abort();
    await Promise.all(this.#sending);
  }

  #enqueue(notification: Notification): void {
    const { effect, trackingId } = notification;
    const heldMs = effect?.kind === 'delayed' ? effect.ms : effect?.kind === 'reordered' ? effect.withinMs : 0;
    const queue = this.#parcels.get(trackingId) ?? [];
    queue.push({ notification, dueAt: performance.now() + heldMs, failures: 0 });
    this.#parcels.set(trackingId, queue);
  }

  /** Starts what is due and wakes up again for what is due later. */
  #turn(): void {
    clearTimeout(this.#timer);
    if (this.#ending.signal.aborted) return;
    const now = performance.now();
    let wakeAt = Number.POSITIVE_INFINITY;
    for (const [trackingId, queue] of this.#parcels) {
      if (this.#underWay.size >= AT_ONCE) break;
      if (this.#underWay.has(trackingId)) continue;
      const next = nextOf(queue, now);
      if (!next || !this.#targets[next.notification.carrier]) continue;
      if (next.dueAt > now) wakeAt = Math.min(wakeAt, next.dueAt);
      else this.#start(trackingId, next);
    }
    if (wakeAt < Number.POSITIVE_INFINITY) this.#timer = setTimeout(() => this.#turn(), Math.ceil(wakeAt - now));
  }

  #start(trackingId: string, waiting: Waiting): void {
    this.#underWay.set(trackingId, waiting.notification.carrier);
    const sending = this.#send(trackingId, waiting).finally(() => {
      this.#underWay.delete(trackingId);
      this.#sending.delete(sending);
      this.#turn();
    });
    this.#sending.add(sending);
  }

  async #send(trackingId: string, waiting: Waiting): Promise<void> {
    const { notification } = waiting;
    const { book, now } = this.#around;
    const status = await this.#attempt(notification);
    if (this.#ending.signal.aborted) return;
    if (status === undefined || status < 200 || status > 299) {
      book.addAttempt(notification, 'failed', status, now());
      this.#again(trackingId, waiting);
      return;
    }
    book.addAttempt(notification, 'taken', status, now());
    this.#remove(trackingId, waiting);
    for (const held of this.#parcels.get(trackingId) ?? [])
      if (held.notification.effect?.kind === 'reordered' && held.notification.seq < notification.seq) held.dueAt = 0;
    const copies = notification.effect?.kind === 'duplicated' ? notification.effect.copies : 0;
    for (let copy = 0; copy < copies && !this.#ending.signal.aborted; copy++)
      book.addAttempt(notification, 'copy', await this.#attempt(notification), now());
  }

  async #attempt(notification: Notification): Promise<number | undefined> {
    const { dialects, now } = this.#around;
    const target = this.#targets[notification.carrier];
    if (!target) return undefined;
    return sendNotification(dialects[notification.carrier], target, notification, now(), this.#ending.signal);
  }

  #again(trackingId: string, waiting: Waiting): void {
    waiting.failures += 1;
    if (waiting.failures >= MOST_ATTEMPTS) {
      this.#around.book.addAttempt(waiting.notification, 'given_up', undefined, this.#around.now());
      this.#remove(trackingId, waiting);
      return;
    }
    const pause = Math.min(LONGEST_PAUSE_MS, this.#around.firstPauseMs * 2 ** Math.min(20, waiting.failures - 1));
    waiting.dueAt = performance.now() + pause;
  }

  #remove(trackingId: string, waiting: Waiting): void {
    const left = (this.#parcels.get(trackingId) ?? []).filter((one) => one !== waiting);
    if (left.length > 0) this.#parcels.set(trackingId, left);
    else this.#parcels.delete(trackingId);
  }
}

/** What goes out next of one parcel: the oldest that is due, past those that a script holds back; else what is due first. */
function nextOf(queue: readonly Waiting[], now: number): Waiting | undefined {
  const isHeld = ({ notification: { effect }, dueAt, failures }: Waiting) =>
    failures === 0 && dueAt > now && (effect?.kind === 'delayed' || effect?.kind === 'reordered');
  return queue.find((one) => !isHeld(one)) ?? queue.toSorted((a, b) => a.dueAt - b.dueAt)[0];
}
