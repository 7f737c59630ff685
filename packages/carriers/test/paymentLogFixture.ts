export const HEADER =
  'created_at,id,status,source_type,target_type,charge_type,amount,balance,description,shipment_id,other,amount_postage_fee';

/** A payment in EasyPost's log; without more, that for a label of `shp_1`. */
export interface Row {
  readonly at?: string;
  readonly id: string;
  readonly status?: string;
  readonly way?: string;
  readonly type?: string;
  readonly amount?: string;
  readonly shipment?: string;
  readonly other?: string;
  readonly postage?: string;
}

export const row = ({
  at = '2026-11-26T10:00:00Z',
  id,
  status = 'complete',
  way = 'user,easypost_bank',
  ...more
}: Row) => {
  const { type = 'service_fee', amount = '$8.20000', shipment = 'shp_1', other = '', postage = '$8.20000' } = more;
  return [at, `paylog_${id}`, status, way, type, amount, '$0.00000', '', shipment, other, postage].join();
};

export const log = (...rows: readonly string[]) => `${[HEADER, ...rows].join('\n')}\n`;
