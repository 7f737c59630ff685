/** One server of Redis. */
export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

/** What a Redis Cluster is reached by. */
export interface ClusterAddress {
  /** Any of its nodes; the others are learnt from whichever answers. */
  readonly nodes: readonly [RedisNode, ...RedisNode[]];
  readonly username?: string;
  readonly password?: string;
  readonly isEncrypted: boolean;
}

const ofCluster = /^(rediss?)-cluster:\/\/(?:([^@/]*)@)?([^@/?#]+)\/?$/;

/**
 * Reads `redis-cluster://[user:password@]host:port[,host:port…]` (`rediss-cluster://` with TLS). Null when it is no such
 * address.
 */
export function clusterAddressOf(redisUrl: string): ClusterAddress | null {
  const [, scheme, login, hosts] = ofCluster.exec(redisUrl) ?? [];
  if (hosts === undefined) return null;
  const urls = hosts.split(',').map((host) => `redis://${login === undefined ? '' : `${login}@`}${host}`);
  if (!urls.every((url) => URL.canParse(url) && new URL(url).hostname)) return null;
  const [first, ...others] = urls.map((url) => new URL(url));
  const { username, password } = first!;
  return {
    nodes: [nodeOf(first!), ...others.map(nodeOf)],
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    isEncrypted: scheme === 'rediss',
  };
}

/** The servers that an address names: one, or those of a cluster it begins with. Null when it is no address of Redis. */
export function redisNodesOf(redisUrl: string): readonly RedisNode[] | null {
  const cluster = clusterAddressOf(redisUrl);
  if (cluster) return cluster.nodes;
  if (!/^rediss?:\/\//.test(redisUrl) || !URL.canParse(redisUrl)) return null;
  const url = new URL(redisUrl);
  return url.hostname ? [nodeOf(url)] : null;
}

const nodeOf = ({ hostname, port }: URL): RedisNode => ({
  host: hostname.replace(/^\[|\]$/g, ''),
  port: Number(port) || 6379,
});
