import { checked } from '../fanOut/checked.ts';
import { enabledTemplates, sellerOf } from '../fanOut/enabledTemplates.ts';
import { startFanOutFleet } from '../fanOut/fleet.ts';
import { openOneStatement } from '../fanOut/oneStatement.ts';
import type { Measure } from '../measure.ts';
import { median, summarise } from '../statistics.ts';

const ofOneSeller = 'region setting of one seller, ratio';
const untilRefused = 'from the suspension until an order is refused, ms';
const [warmUp, measured] = [sellerOf(1), sellerOf(2)];

/** A change that reaches very many templates, against the database's own way to make it. */
export const p4: Measure = {
  id: 'P4',
  title: 'a suspension shown in every template of the programme; peer: one SQL statement changing the same rows',
  unit: 'ms',
  target: {
    sense: 'at most',
    ratio: 2,
    also: { [ofOneSeller]: { sense: 'at most', limit: 2 }, [untilRefused]: { sense: 'at most', limit: 1_000 } },
  },
  run: async ({ quick, runs, tell }) => {
    const [sellers, each] = quick ? [5, 1_000] : [100, 10_000];
    const db = await enabledTemplates(sellers, each);
    tell(`${sellers * each} templates of ${sellers} sellers`);
    const fleet = await startFanOutFleet(db);
    const statement = await openOneStatement(db.url);
    const { database } = db;
    const settings: { ours: number; peer: number }[] = [];
    const suspensions: { ours: number; peer: number }[] = [];
    const refusals: number[] = [];
    try {
      // Everybody has compiled what they run before anything is measured.
      for (const destination of ['FR', 'IT', 'ES']) await fleet.saveSetting(warmUp, [destination]);
      for (let turn = 1; turn <= runs; turn += 1) {
        const where = `seller_id = '${measured}'`;
        const setting = {
          ours: await checked(database, { where, excludedDestinations: ['FR'] }, () =>
            fleet.saveSetting(measured, ['FR']),
          ),
          peer: await checked(database, { where, excludedDestinations: ['IT'] }, () =>
            statement.saveSetting(measured, ['IT']),
          ),
        };
        settings.push(setting);
        const suspended = await checked(database, { where: 'true', suspendedDestinations: ['DE'] }, () =>
          fleet.suspend('DE'),
        );
        const peer = await checked(database, { where: 'true', suspendedDestinations: [] }, () => statement.lift('DE'));
        suspensions.push({ ours: suspended.closed, peer });
        refusals.push(suspended.refused);
        tell(
          `turn ${turn} of ${runs}: ours ${Math.round(suspended.closed)} ms, one statement ${Math.round(peer)} ms; one seller ${Math.round(setting.ours)} and ${Math.round(setting.peer)} ms; refused after ${Math.round(suspended.refused)} ms`,
        );
      }
    } finally {
      await statement.close();
      await fleet.stop();
      await db.drop();
    }
    const one = summarise(settings);
    return {
      ...summarise(suspensions),
      beside: {
        [ofOneSeller]: one.ratio,
        'region setting of one seller, ours, ms': one.ours,
        'region setting of one seller, one statement, ms': one.peer,
        [untilRefused]: median(refusals),
      },
      notes: [
        `${sellers * each} GE-enabled templates of ${sellers} sellers; the region setting is that of one with ${each}.${quick ? ' Quick: of 1,000,000 and 10,000.' : ''}`,
        'Ours count from the request to the API until the operation is closed, one message at a time through relay and worker; the statement alone, without what accepts the change, for the peer.',
      ],
    };
  },
};
