import { Cluster, type ClusterNode, type ClusterOptions, type Command } from 'ioredis';

export type NodeOptions = Omit<ClusterOptions, 'redisOptions'> & {
  readonly redisOptions: Omit<NonNullable<ClusterOptions['redisOptions']>, 'replyMapping'>;
};

/** How long closing a connection may take. */
const closingMs = 500;

/** A connection to a cluster with the things that one to a single Redis has and ioredis does not give this one. */
export class QueueCluster extends Cluster {
  readonly #nodes: readonly ClusterNode[];
  readonly #options: NodeOptions;
  readonly #patienceMs: number | undefined;

  /** Commands fail after `patienceMs`, or wait where that is undefined. */
  constructor(nodes: readonly ClusterNode[], options: NodeOptions, patienceMs?: number) {
    super([...nodes], options);
    this.#nodes = nodes;
    this.#options = options;
    this.#patienceMs = patienceMs;
  }

  /**
   * Goes on trying whenever it is opened, and resolves once it is ready. BullMQ closes a blocked connection and opens it
   * again: one that finds no node at once would be closed for good, and one whose first node is not ready was waited for
   * without end.
   */
  override async connect(): Promise<void> {
    (this as unknown as { manuallyClosing: boolean }).manuallyClosing = false;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.once('ready', resolve);
    super.connect().then(resolve, reject);
    try {
      await promise;
    } finally {
      this.off('ready', resolve);
    }
  }

  /**
   * Says that it has ended, whatever becomes of it: BullMQ waits for that without end, also where it has opened the same
   * connection again from elsewhere in the meantime.
   */
  override disconnect(reconnect = false): void {
    super.disconnect(reconnect);
    if (reconnect) return;
    let hasEnded = false;
    this.once('end', () => {
      hasEnded = true;
    });
    setTimeout(() => {
      if (hasEnded) return;
      if (this.status === 'disconnecting') this.status = 'end';
      this.emit('end');
    }, closingMs).unref();
  }

  /** ioredis watches for answers of nodes, and not for how long a command waits until the cluster can be reached at all. */
  override sendCommand(...[command, ...others]: Parameters<Cluster['sendCommand']>): unknown {
    if (this.#patienceMs !== undefined) (command as Command).setTimeout(this.#patienceMs);
    return super.sendCommand(command, ...others);
  }

  override duplicate(nodes: ClusterNode[] = [], options: Partial<NodeOptions> = {}): Cluster {
    const redisOptions = { ...this.#options.redisOptions, ...options.redisOptions };
    const merged = { ...this.#options, ...options, redisOptions };
    return new QueueCluster(nodes.length > 0 ? nodes : this.#nodes, merged, this.#patienceMs);
  }
}
