import type { ServiceContext } from '@ge/runtime';
import { Counter } from 'prom-client';

interface Client {
  query(...args: unknown[]): unknown;
}
interface Pool {
  on(event: 'acquire', listener: (client: Client) => void): void;
}

/** Counts what goes to PostgreSQL as `bench_statements_total`: one round trip each. */
export async function countStatements({ database, registry }: ServiceContext): Promise<void> {
  const counter = new Counter({ name: 'bench_statements_total', help: 'Statements', registers: [registry] });
  const connection = database.orm.em.getConnection() as unknown as { getNativeClient(): Promise<Pool> };
  const known = new WeakSet<Client>();
  (await connection.getNativeClient()).on('acquire', (client) => {
    if (known.has(client)) return;
    known.add(client);
    const query = client.query.bind(client);
    client.query = (...args) => {
      counter.inc();
      return query(...args);
    };
  });
}
