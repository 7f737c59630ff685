import { Migration20261122000000_initial } from './Migration20261122000000_initial.ts';
import { Migration20261126000000_operations } from './Migration20261126000000_operations.ts';
import { Migration20261126000000_screened_by } from './Migration20261126000000_screened_by.ts';
import { Migration20261126000001_operation_command_no } from './Migration20261126000001_operation_command_no.ts';
import { Migration20261126000002_busy_tables } from './Migration20261126000002_busy_tables.ts';
import { Migration20261126000003_feed_blocks } from './Migration20261126000003_feed_blocks.ts';
import { Migration20261126000004_feed_block_ranges } from './Migration20261126000004_feed_block_ranges.ts';
import { Migration20261126000005_queue_takers } from './Migration20261126000005_queue_takers.ts';
import { Migration20261126000010_lean_indexes } from './Migration20261126000010_lean_indexes.ts';
import { Migration20261126000020_reverted_feeds } from './Migration20261126000020_reverted_feeds.ts';
import { Migration20261127000000_ledger } from './Migration20261127000000_ledger.ts';
import { Migration20261127000010_carrier_standings } from './Migration20261127000010_carrier_standings.ts';
import { Migration20261128000000_label_batches } from './Migration20261128000000_label_batches.ts';
import { Migration20261128000010_stopped_carriers } from './Migration20261128000010_stopped_carriers.ts';
import { Migration20261128000020_daily_readings } from './Migration20261128000020_daily_readings.ts';
import { Migration20261128000030_charge_reclaims } from './Migration20261128000030_charge_reclaims.ts';
import { Migration20261128000040_items_step_aside } from './Migration20261128000040_items_step_aside.ts';
import { Migration20261129000000_labels_by_shipment } from './Migration20261129000000_labels_by_shipment.ts';
import { Migration20261129000010_reclaims_by_shipment } from './Migration20261129000010_reclaims_by_shipment.ts';
import { Migration20261129000020_carriers_ask_to_wait } from './Migration20261129000020_carriers_ask_to_wait.ts';
import { Migration20261129000030_items_await_carriers } from './Migration20261129000030_items_await_carriers.ts';
import { Migration20261129000040_carriers_let_go } from './Migration20261129000040_carriers_let_go.ts';

/** Every migration in order; named here because nothing is found by globbing at run time. */
export const migrationsList = [
  { name: 'Migration20261122000000_initial', class: Migration20261122000000_initial },
  { name: 'Migration20261126000000_operations', class: Migration20261126000000_operations },
  { name: 'Migration20261126000000_screened_by', class: Migration20261126000000_screened_by },
  { name: 'Migration20261126000001_operation_command_no', class: Migration20261126000001_operation_command_no },
  { name: 'Migration20261126000002_busy_tables', class: Migration20261126000002_busy_tables },
  { name: 'Migration20261126000003_feed_blocks', class: Migration20261126000003_feed_blocks },
  { name: 'Migration20261126000004_feed_block_ranges', class: Migration20261126000004_feed_block_ranges },
  { name: 'Migration20261126000005_queue_takers', class: Migration20261126000005_queue_takers },
  { name: 'Migration20261126000010_lean_indexes', class: Migration20261126000010_lean_indexes },
  { name: 'Migration20261126000020_reverted_feeds', class: Migration20261126000020_reverted_feeds },
  { name: 'Migration20261127000000_ledger', class: Migration20261127000000_ledger },
  { name: 'Migration20261127000010_carrier_standings', class: Migration20261127000010_carrier_standings },
  { name: 'Migration20261128000000_label_batches', class: Migration20261128000000_label_batches },
  { name: 'Migration20261128000010_stopped_carriers', class: Migration20261128000010_stopped_carriers },
  { name: 'Migration20261128000020_daily_readings', class: Migration20261128000020_daily_readings },
  { name: 'Migration20261128000030_charge_reclaims', class: Migration20261128000030_charge_reclaims },
  { name: 'Migration20261128000040_items_step_aside', class: Migration20261128000040_items_step_aside },
  { name: 'Migration20261129000000_labels_by_shipment', class: Migration20261129000000_labels_by_shipment },
  { name: 'Migration20261129000010_reclaims_by_shipment', class: Migration20261129000010_reclaims_by_shipment },
  { name: 'Migration20261129000020_carriers_ask_to_wait', class: Migration20261129000020_carriers_ask_to_wait },
  { name: 'Migration20261129000030_items_await_carriers', class: Migration20261129000030_items_await_carriers },
  { name: 'Migration20261129000040_carriers_let_go', class: Migration20261129000040_carriers_let_go },
] as const;
