import pg from 'pg';

/**
 * The same changes as one SQL statement each, as somebody at a psql would make them. Answers take milliseconds, of the
 * statement that changes the templates alone.
 */
export interface OneStatement {
  saveSetting(sellerId: string, excludedDestinations: readonly string[]): Promise<number>;
  lift(destination: string): Promise<number>;
  close(): Promise<void>;
}

export async function openOneStatement(databaseUrl: string): Promise<OneStatement> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const timed = async (text: string, params: readonly unknown[]) => {
    const began = performance.now();
    await client.query(text, [...params]);
    return performance.now() - began;
  };
  return {
    saveSetting: async (sellerId, excludedDestinations) => {
      const { rows } = await client.query<{ version: number }>(
        `with next as (update sellers set region_setting_version = region_setting_version + 1, command_no = command_no + 1
                        where id = $1 returning id, region_setting_version, command_no)
         insert into region_settings (seller_id, version, command_no, excluded_destinations, saved_at)
         select id, region_setting_version, command_no, $2, now() from next returning version`,
        [sellerId, excludedDestinations],
      );
      return timed(
        `update shipping_templates set excluded_destinations = $2, applied_setting_version = $3, version = version + 1
          where seller_id = $1 and ge_state = 'enabled' and applied_setting_version < $3`,
        [sellerId, excludedDestinations, rows[0]!.version],
      );
    },
    lift: async (destination) => {
      const { rows } = await client.query<{ version: number }>(
        `with next as (update programme set suspension_version = suspension_version + 1 returning suspension_version)
         update suspensions set state = 'lifted', lifted_at = now(), version = suspension_version
           from next where destination = $1 and state = 'active' returning version`,
        [destination],
      );
      return timed(
        `update shipping_templates set suspended_destinations = '{}', applied_suspension_version = $1, version = version + 1
          where ge_state = 'enabled' and applied_suspension_version < $1`,
        [rows[0]!.version],
      );
    },
    close: () => client.end(),
  };
}
