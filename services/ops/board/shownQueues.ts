import { queueNames } from '@ge/contracts';
import { type Database, readTakers } from '@ge/database';
import { boardQueues, partsOf, type QueueConnection, type QueueSpace } from '@ge/queue';

export type BoardQueue = ReturnType<typeof boardQueues>[number];

/**
 * The queues of the catalogue under each name that a worker has taken from since this process started; a name that workers
 * have left stays to be seen, with what failed under it.
 */
export class ShownQueues {
  readonly #space: QueueSpace;
  readonly #connection: QueueConnection;
  readonly #queues: BoardQueue[] = [];
  #added: (queue: BoardQueue) => void = () => undefined;

  constructor(space: QueueSpace, connection: QueueConnection) {
    this.#space = { ...space, parts: {} };
    this.#connection = connection;
    this.#add(queueNames);
  }

  get all(): readonly BoardQueue[] {
    return this.#queues;
  }

  /** Hears of each further one. */
  whenAdded(listener: (queue: BoardQueue) => void): void {
    this.#added = listener;
  }

  /** Asks the database from which names workers take. */
  async look(database: Database): Promise<void> {
    const takers = await readTakers(database);
    const taken = takers.flatMap(({ queue, names }) => partsOf(queue, { [queue]: names }));
    const known = new Set(this.#queues.map(({ name }) => name));
    this.#add([...new Set(taken)].filter((name) => !known.has(name)));
  }

  #add(names: readonly string[]): void {
    for (const queue of boardQueues(this.#space, names, this.#connection)) {
      this.#queues.push(queue);
      this.#added(queue);
    }
  }
}
