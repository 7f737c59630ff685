/** The calls and nothing else: requests made beforehand, a connection for each call in flight, answers read and dropped. */

import { createCarrierRegistry, type Offer } from '@ge/carriers';
import { newId } from '@ge/database';
import { purchaseOf } from '@ge/testkit';
import { Pool } from 'undici';
import { steered } from '../peers/program.ts';
import { carrierKey } from './simulator.ts';

const [url, count, inFlight, offered] = process.argv.slice(2) as [string, string, string, string];

await steered(async () => {
  const offer = JSON.parse(offered) as Pick<Offer, 'offerToken' | 'serviceId'>;
  const registry = createCarrierRegistry([{ id: 'simulator-express', baseUrl: url, apiKey: carrierKey }]);
  const carrier = registry.carriers[0]!;
  const requests = Array.from({ length: Number(count) }, () => carrier.prepare(purchaseOf(newId('lbl'), offer)));
  await registry.close();
  const pool = new Pool(url, { connections: Number(inFlight), pipelining: 1 });
  const buyUntilNoneIsLeft = async () => {
    for (let next = requests.pop(); next; next = requests.pop()) {
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: '/express/shipments',
        headers: {
          'dhl-api-key': carrierKey,
          'content-type': 'application/json',
          'idempotency-key': next.idempotencyKey,
        },
        body: next.body,
      });
      await body.dump({ limit: 1_000_000 });
      if (statusCode !== 201) throw new Error(`the carrier answered ${statusCode}`);
    }
  };
  return async () => {
    await Promise.all(Array.from({ length: Number(inFlight) }, buyUntilNoneIsLeft));
    process.stdout.write('done\n');
  };
});
