/** What is used of the driver's client. */
interface Client {
  query(text: string, params: readonly unknown[]): Promise<unknown>;
}

const settings: Readonly<Record<string, string>> = {
  lock_timeout: '10s',
  tcp_user_timeout: '15s',
  // Rows by key lie in memory or on flash: at the default of 4 a batch of keys is read by scanning whole indexes.
  random_page_cost: '1.1',
};

const endOfTransactions: Readonly<Record<string, string>> = {
  idle_in_transaction_session_timeout: '15s',
  transaction_timeout: '60s',
};

/** For looks that are planned when nothing is owed and go on when very much is: whatever the statistics say, by index. */
const indexAlone: Readonly<Record<string, string>> = { enable_seqscan: 'off', enable_bitmapscan: 'off' };

/**
 * Sets limits that keep a stopped or lost process from holding locks: waits, idle transactions and, unless `endless`, whole
 * transactions end, and a peer that no longer answers is noticed by TCP itself. Settings an older server does not know are
 * left out.
 */
export const sessionSettings =
  ({ endless = false, byIndexAlone = false }: { readonly endless?: boolean; readonly byIndexAlone?: boolean }) =>
  (client: Client) =>
    set(client, { ...settings, ...(endless ? {} : endOfTransactions), ...(byIndexAlone ? indexAlone : {}) });

async function set(client: Client, wanted: Readonly<Record<string, string>>): Promise<void> {
  await client.query(
    `select set_config(wanted.name, wanted.value, false)
       from unnest($1::text[], $2::text[]) as wanted(name, value)
       join pg_settings known on known.name = wanted.name`,
    [Object.keys(wanted), Object.values(wanted)],
  );
}
