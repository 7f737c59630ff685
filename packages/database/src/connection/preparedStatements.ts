/** What is used of the driver's client. */
interface Client {
  query(text: string, params?: readonly unknown[]): Promise<unknown>;
  query(statement: {
    readonly name: string;
    readonly text: string;
    readonly values: readonly unknown[];
  }): Promise<unknown>;
}

/** Names of the statements that are prepared, by their text. */
const names = new Map<string, string>();

/** Beyond so many a text was built from values, and every connection would have to remember each of them. */
const mostNames = 1_000;

/**
 * From now on, in this process, every connection parses this statement once and keeps its plan for some seconds. For
 * statements that are asked very often and are planned alike whatever their parameters are.
 */
export function prepareOften(text: string): void {
  if (!names.has(text) && names.size < mostNames) names.set(text, `ge_${names.size}`);
}

/**
 * Has a connection send what is to be prepared under its name. To be called once, when it was made.
 * @param plansKeptMs for how long the connection may go by plans it made. A table that was empty when it was planned for
 *   fills within seconds, and PostgreSQL itself looks again only once it has counted the rows anew, up to a minute later.
 */
export function sendPrepared(client: Client, plansKeptMs: number): void {
  const query = client.query.bind(client) as Client['query'];
  let plannedAt = performance.now();
  client.query = ((statement: string, params?: readonly unknown[], ...more: unknown[]) => {
    const name = typeof statement === 'string' && params && params.length > 0 ? names.get(statement) : undefined;
    if (name === undefined) return (query as (...all: unknown[]) => Promise<unknown>)(statement, params, ...more);
    const ask = () => query({ name, text: statement, values: params! });
    if (performance.now() - plannedAt < plansKeptMs) return ask();
    plannedAt = performance.now();
    // Where it fails, the transaction has failed before, and the statement will say so.
    return query('discard plans').then(ask, ask);
  }) as Client['query'];
}
