import type { ServiceContext } from '@ge/runtime';
import { countStatements } from '@ge/testkit';
import { Counter } from 'prom-client';

/** Said every two seconds, whatever there is to do. */
const announcement = 'queue_takers';

/** Shows what goes to PostgreSQL as `bench_statements_total`, but for what a worker says of itself by a timer. */
export async function showStatements({ database, registry }: ServiceContext): Promise<void> {
  const counted = await countStatements(database, (text) => !text.includes(announcement));
  new Counter({
    name: 'bench_statements_total',
    help: 'Statements, one round trip each',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(counted());
    },
  });
}
