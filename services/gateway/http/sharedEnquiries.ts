/** What others are being asked for requests that are the same and under way at once: asked once, and told to all of them. */
export class SharedEnquiries {
  readonly #underWay = new Map<string, Promise<unknown>>();

  /** @param name what makes two requests the same; null: this one is like no other */
  ask<T>(name: string | null, ask: () => Promise<T>): Promise<T> {
    if (name === null) return ask();
    const known = this.#underWay.get(name);
    if (known) return known as Promise<T>;
    const asked = ask().finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, asked);
    return asked;
  }
}
