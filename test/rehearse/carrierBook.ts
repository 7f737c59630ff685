import { z } from 'zod';
import { carrierNames } from './faultScript.ts';

const charge = z.object({
  carrier: z.enum(carrierNames),
  shipmentId: z.string(),
  trackingId: z.string(),
  reference: z.string(),
  chargedMinor: z.int(),
  currency: z.literal('USD'),
  voidedAt: z.string().nullable(),
  refundedMinor: z.int(),
});
const call = z.object({
  at: z.string(),
  carrier: z.enum(carrierNames),
  operation: z.string(),
  reference: z.string().nullable(),
  idempotencyKey: z.string().nullable(),
  bodyHash: z.string().nullable(),
  fault: z.string().nullable(),
});
const page = z.object({ next: z.int().nullable() });

export type BookedCharge = z.infer<typeof charge>;
export type BookedCall = z.infer<typeof call>;

/** The carriers as only whoever runs the simulator sees them: what goes wrong, what they wrote down, where parcels are. */
export class CarrierBook {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async fail(script: object): Promise<void> {
    await this.#ask('POST', '/faults', script);
  }

  /** From now on everything goes well. */
  async stopFailing(): Promise<void> {
    await this.#ask('DELETE', '/faults');
  }

  async faults(): Promise<Readonly<Record<string, number>>> {
    return z.object({ injected: z.record(z.string(), z.int()) }).parse(await this.#ask('GET', '/faults')).injected;
  }

  charges(): Promise<readonly BookedCharge[]> {
    return this.#pages('/ledger', (answer) => z.object({ charges: z.array(charge) }).parse(answer).charges);
  }

  calls(): Promise<readonly BookedCall[]> {
    return this.#pages('/ledger/calls', (answer) => z.object({ calls: z.array(call) }).parse(answer).calls);
  }

  /** The parcel is picked up and brought to the buyer. */
  async deliver(trackingId: string): Promise<void> {
    await this.scan(trackingId, 'first_scan');
    await this.scan(trackingId, 'delivered');
  }

  async scan(trackingId: string, code: 'first_scan' | 'delivered'): Promise<void> {
    await this.#ask('POST', `/tracking/${encodeURIComponent(trackingId)}/events`, { code });
  }

  async #pages<T>(path: string, read: (answer: unknown) => readonly T[]): Promise<readonly T[]> {
    const all: T[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const answer = await this.#ask('GET', `${path}?after=${after}&limit=1000`);
      all.push(...read(answer));
      after = page.parse(answer).next;
    }
    return all;
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`the simulator answered ${answer.status} to ${path}`);
    return answer.json();
  }
}
