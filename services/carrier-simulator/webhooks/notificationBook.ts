import type { CarrierName } from '../desk/shipment.ts';
import type { WebhookEffect } from '../faults/effect.ts';
import type { Charge, ScanCode } from '../ledger/entries.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { AttemptOutcome, Notification } from './notification.ts';

interface NewNotification {
  readonly carrier: CarrierName;
  readonly charge: Pick<Charge, 'trackingId' | 'order'>;
  readonly code: ScanCode;
  readonly happenedAt: Date;
  readonly effect: WebhookEffect | undefined;
}

export interface NotificationCounts {
  readonly waiting: number;
  readonly taken: number;
  readonly givenUp: number;
  /** Requests sent, repeats and copies among them. */
  readonly sent: number;
}

const ENDED = `select notification from notification_attempts where outcome in ('taken', 'given_up')`;

/** Notifications and what became of each attempt, in the carriers' own book: what was not taken is known after a restart. */
export class NotificationBook {
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  add({ carrier, charge, code, happenedAt, effect }: NewNotification, at: Date): Notification {
    const { trackingId, order } = charge;
    const { lastInsertRowid } = this.#ledger
      .prepared(
        'insert into notifications (at, carrier, reference, tracking_id, code, happened_at, effect) values (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        at.getTime(),
        carrier,
        order.reference,
        trackingId,
        code,
        happenedAt.getTime(),
        effect ? JSON.stringify(effect) : null,
      );
    return { seq: Number(lastInsertRowid), carrier, trackingId, code, happenedAt, effect };
  }

  addAttempt(notification: Notification, outcome: AttemptOutcome, status: number | undefined, at: Date): void {
    this.#ledger
      .prepared('insert into notification_attempts (at, notification, outcome, status) values (?, ?, ?, ?)')
      .run(at.getTime(), notification.seq, outcome, status ?? null);
  }

  /** How many there were for this shipment before, so that a seeded fate is the same whatever runs beside it. */
  countOf(carrier: CarrierName, reference: string): number {
    const row = this.#ledger
      .prepared('select count(*) as n from notifications where reference = ? and carrier = ?')
      .get(reference, carrier);
    return Number(row?.n);
  }

  /** What was neither taken nor given up, in the order it came about. */
  waiting(): readonly Notification[] {
    return this.#ledger
      .prepared(`select * from notifications where seq not in (${ENDED}) order by seq`)
      .all()
      .map((row) => ({
        seq: Number(row.seq),
        carrier: String(row.carrier) as CarrierName,
        trackingId: String(row.tracking_id),
        code: String(row.code) as ScanCode,
        happenedAt: new Date(Number(row.happened_at)),
        effect: row.effect === null ? undefined : (JSON.parse(String(row.effect)) as WebhookEffect),
      }));
  }

  counts(carrier: CarrierName): NotificationCounts {
    const number = (sql: string) => Number(this.#ledger.prepared(sql).get(carrier)?.n);
    const ended = (outcome: string) =>
      number(
        `select count(distinct notification) as n from notification_attempts a join notifications n on n.seq = a.notification
          where n.carrier = ? and a.outcome = '${outcome}'`,
      );
    return {
      waiting: number(`select count(*) as n from notifications where carrier = ? and seq not in (${ENDED})`),
      taken: ended('taken'),
      givenUp: ended('given_up'),
      sent: number(
        `select count(*) as n from notification_attempts a join notifications n on n.seq = a.notification
          where n.carrier = ? and a.outcome <> 'given_up'`,
      ),
    };
  }
}
