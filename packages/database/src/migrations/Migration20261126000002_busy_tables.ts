import { Migration } from '@mikro-orm/migrations';

/**
 * Rows of these tables come and go by the million: at the defaults (a fifth of the table changed) dead ones would be the
 * most of what an index leads to before they are cleared away, and statistics would know of yesterday's sellers only.
 */
const busy = ['messages', 'operations', 'feed_rows'];

export class Migration20261126000002_busy_tables extends Migration {
  override name = 'Migration20261126000002_busy_tables';

  override up(): void | Promise<void> {
    for (const table of busy)
      this.addSql(
        `alter table "${table}" set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_scale_factor = 0.02, autovacuum_analyze_threshold = 5000, autovacuum_vacuum_cost_delay = 0);`,
      );
  }

  override down(): void | Promise<void> {
    for (const table of busy)
      this.addSql(
        `alter table "${table}" reset (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold, autovacuum_analyze_scale_factor, autovacuum_analyze_threshold, autovacuum_vacuum_cost_delay);`,
      );
  }
}
