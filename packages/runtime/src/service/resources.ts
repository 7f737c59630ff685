import type { Logger } from 'pino';

/** What a service has opened, in order; closed in reverse, each where it was made. */
export class Resources {
  readonly #open: { name: string; close: () => Promise<void> | void }[] = [];
  #closing: string | null = null;

  /** What is being closed just now: whoever waits for it for too long wants to know. */
  get closing(): string | null {
    return this.#closing;
  }

  add(name: string, close: () => Promise<void> | void): void {
    this.#open.push({ name, close });
  }

  /** Closes everything, last opened first; one that fails does not keep the others open. */
  async close(logger: Logger): Promise<void> {
    for (const resource of this.#open.splice(0).reverse()) {
      this.#closing = resource.name;
      try {
        await resource.close();
      } catch (error) {
        logger.warn({ err: error, resource: resource.name }, 'could not be closed');
      }
    }
    this.#closing = null;
  }
}
