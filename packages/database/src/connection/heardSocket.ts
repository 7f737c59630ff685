import { Socket } from 'node:net';

/**
 * A socket that is given up once nothing has been said on it for `silenceMs`; 0 = never. A server that vanished without a
 * word (its machine, or a firewall on the way) would otherwise be waited for until the system's own retries end, a quarter
 * of an hour.
 */
export function heardSocket(silenceMs: number): Socket {
  const socket = new Socket();
  socket.setTimeout(silenceMs, () => {
    const error = new Error(`connection lost: the server has not said anything for ${silenceMs} ms`);
    socket.destroy(Object.assign(error, { code: 'ETIMEDOUT' }));
  });
  return socket;
}
