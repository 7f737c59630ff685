import { Cluster, type ClusterNode, type ClusterOptions, type Command } from 'ioredis';

export type NodeOptions = Omit<ClusterOptions, 'redisOptions'> & {
  readonly redisOptions: Omit<NonNullable<ClusterOptions['redisOptions']>, 'replyMapping'>;
};

/**
 * Gives a command up after a while wherever it waits: ioredis watches the answers of nodes, and not how long a command
 * waits until the cluster can be reached at all.
 */
class ImpatientCluster extends Cluster {
  readonly #patienceMs: number;

  constructor(nodes: ClusterNode[], options: NodeOptions, patienceMs: number) {
    super(nodes, options);
    this.#patienceMs = patienceMs;
  }

  override sendCommand(...[command, ...others]: Parameters<Cluster['sendCommand']>): unknown {
    (command as Command).setTimeout(this.#patienceMs);
    return super.sendCommand(command, ...others);
  }
}

/** Opens a cluster whose commands fail after `patienceMs`, or one whose commands wait where that is undefined. */
export const openCluster = (nodes: ClusterNode[], options: NodeOptions, patienceMs: number | undefined): Cluster =>
  patienceMs === undefined ? new Cluster(nodes, options) : new ImpatientCluster(nodes, options, patienceMs);
