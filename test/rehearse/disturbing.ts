import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '@ge/load';
import type { ServiceProcess } from '@ge/testkit';
import { type Part, pastAllLeasesMs, type Stage, type StageFleet } from './stage.ts';

const parts: readonly Part[] = ['label-purchase', 'label-purchase', 'label-purchase', 'relay'];

/** The parts of the fleet, two of each, and what is done to them. */
export class Disturbed {
  /** How often what was done. */
  readonly kills: Record<string, number> = {};
  readonly #servers: Stage['servers'];
  readonly #fleet: StageFleet;
  readonly #random: Random;
  readonly #running: Record<Part, ServiceProcess[]> = { relay: [], 'label-purchase': [] };

  constructor({ servers }: Pick<Stage, 'servers'>, fleet: StageFleet, random: Random) {
    this.#servers = servers;
    this.#fleet = fleet;
    this.#random = random;
  }

  async startAll(): Promise<void> {
    for (const part of ['relay', 'label-purchase'] as const)
      this.#running[part] = await Promise.all([this.#fleet.start(part), this.#fleet.start(part)]);
  }

  /** How often anything was done. */
  get times(): number {
    return Object.values(this.kills).reduce((sum, one) => sum + one, 0);
  }

  /** Does one thing after another, until told to stop; whatever was taken away is then back. */
  async disturb(until: AbortSignal): Promise<void> {
    const servers = this.#servers;
    const acts: readonly (readonly [name: string, act: () => Promise<unknown>])[] = [
      ['process killed', () => this.#replace('SIGKILL')],
      ['process killed', () => this.#replace('SIGKILL')],
      ['process stopped past its leases', () => this.#freeze()],
      ['process stopped past its leases', () => this.#freeze()],
      ['process told to end', () => this.#replace('SIGTERM')],
      ['Redis restarted', () => this.#restartRedis()],
      ['PostgreSQL shut down fast', () => servers.restartPostgres('SIGINT')],
      ['PostgreSQL shut down at once', () => servers.restartPostgres('SIGQUIT')],
    ];
    while (!until.aborted) {
      const [name, act] = this.#random.of(acts);
      await act();
      this.kills[name] = (this.kills[name] ?? 0) + 1;
      await wait(200 + this.#random.below(800), undefined, { signal: until }).catch(() => undefined);
    }
  }

  async #replace(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const part = this.#random.of(parts);
    const victim = this.#random.of(this.#running[part]);
    victim.process.kill(signal);
    await victim.ended;
    const started = await this.#fleet.start(part);
    this.#running[part] = this.#running[part].map((service) => (service === victim ? started : service));
  }

  async #freeze(): Promise<void> {
    const victim = this.#random.of(this.#running[this.#random.of(parts)]);
    victim.process.kill('SIGSTOP');
    await wait(this.#random.below(pastAllLeasesMs) + pastAllLeasesMs / 2);
    victim.process.kill('SIGCONT');
  }

  async #restartRedis(): Promise<void> {
    await this.#servers.stopRedis();
    await wait(this.#random.below(1_000));
    await this.#servers.startRedis();
  }
}
