import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { Database } from '@ge/database';

interface Client {
  readonly connection: { readonly stream: Socket };
}
interface Pool {
  on(event: 'acquire', listener: (client: Client) => void): void;
}

/** Counts bytes that a database's connections write from their next use on. Returns how many there were so far. */
export async function countBytes(database: Database): Promise<() => number> {
  const connection = database.orm.em.getConnection() as unknown as { getNativeClient(): Promise<Pool> };
  const before = new Map<Socket, number>();
  (await connection.getNativeClient()).on('acquire', ({ connection: { stream } }) => {
    if (!before.has(stream)) before.set(stream, stream.bytesWritten);
  });
  return () => [...before].reduce((sum, [socket, bytes]) => sum + socket.bytesWritten - bytes, 0);
}

/** Counts bytes on sockets to this address that are opened from now on. Returns how many there were so far, and an end. */
export function countBytesTo(url: string): { readonly bytes: () => number; readonly end: () => void } {
  const port = Number(new URL(url).port);
  const sockets = new Set<Socket>();
  const opened = (message: unknown) => void sockets.add((message as { socket: Socket }).socket);
  subscribe('net.client.socket', opened);
  const isThere = ({ remotePort }: Socket) => remotePort === port;
  return {
    bytes: () => [...sockets].filter(isThere).reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
    end: () => unsubscribe('net.client.socket', opened),
  };
}
