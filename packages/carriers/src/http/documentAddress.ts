const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether somebody on this very machine is meant: a simulator, for instance. */
export const isLoopback = ({ hostname }: URL): boolean => loopback.has(hostname);

/**
 * Where a document may be fetched from: over https from a host on the list, on its usual port; without encryption only from the
 * carrier itself where that runs on this machine. undefined for everything else, since whoever writes an answer would otherwise
 * choose what is asked of the network behind this process.
 */
export function documentAddress(url: string, baseUrl: string, hosts: readonly string[]): URL | undefined {
  const address = URL.parse(url);
  if (address?.username !== '' || address.password !== '') return undefined;
  if (address.protocol === 'https:') {
    return address.port === '' && hosts.includes(address.hostname) ? address : undefined;
  }
  const base = new URL(baseUrl);
  return address.protocol === 'http:' && isLoopback(base) && address.origin === base.origin ? address : undefined;
}
