import type { Route } from '@ge/api';
import type { Transaction } from '@ge/database';
import { handlers } from '../handlers.ts';
import type { Call, Reply } from '../http/handler.ts';

type Run = (call: Call, answers: unknown) => Promise<Reply<Route>>;

const watched = new WeakSet<object>();

/** Makes every handler of this process fail that adds to a queue which its route does not name in `appendsTo`. */
export function watchAppends(): void {
  for (const handler of handlers as readonly { readonly route: Route; run: Run }[]) {
    if (watched.has(handler)) continue;
    watched.add(handler);
    const run = handler.run.bind(handler);
    handler.run = (call, answers) => {
      watch(call.tx, handler.route);
      return run(call, answers);
    };
  }
}

function watch(tx: Transaction, { id, appendsTo = [] }: Route): void {
  const query = tx.query.bind(tx);
  tx.query = async <Row extends object>(text: string, params?: readonly unknown[]) => {
    if (text.trimStart().startsWith('insert into messages')) {
      for (const { queue } of JSON.parse(String(params?.[0])) as readonly { readonly queue: string }[]) {
        if (!appendsTo.includes(queue)) throw new Error(`${id} adds to ${queue} and does not say so`);
      }
    }
    return query<Row>(text, params);
  };
}
