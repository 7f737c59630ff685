import type { ServiceContext } from '@ge/runtime';
import { countStatements } from '@ge/testkit';
import { Counter } from 'prom-client';

/** Shows what goes to PostgreSQL as `bench_statements_total`. */
export async function showStatements({ database, registry }: ServiceContext): Promise<void> {
  const counted = await countStatements(database);
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
