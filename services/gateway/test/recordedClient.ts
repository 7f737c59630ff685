import type { Client } from '@ge/api';

/** A client that remembers which routes have answered it with what they declare. */
export function recordedClient(client: Client, answered: Set<string>): Client {
  const send: Client['send'] = async (route, ...args) => {
    const answer = await client.send(route, ...args);
    answered.add(route.id);
    return answer;
  };
  const follow: Client['follow'] = async function* (route, ...args) {
    for await (const state of client.follow(route, ...args)) {
      answered.add(route.id);
      yield state;
    }
  };
  const download: Client['download'] = async (route, ...args) => {
    const bytes = await client.download(route, ...args);
    answered.add(route.id);
    return bytes;
  };
  return { send, follow, download, call: async (route, ...args) => (await send(route, ...args)).body };
}
