import { ApiProblem, routes } from '@ge/api';
import { check } from '../check.ts';
import type { Demo } from '../demo.ts';
import { settled } from '../settled.ts';
import { several, tallied } from '../several.ts';
import type { DemoStep } from '../step.ts';

interface Outcome {
  readonly sellerId: string;
  readonly version: number;
  readonly templatesTouched: number;
  readonly refusedWith: readonly string[];
}

/** Some sellers exclude destinations; the setting reaches every template enabled at that moment (R11). */
export const regions: DemoStep = {
  name: 'exclude-regions',
  title: 'Sellers exclude destination regions from their templates',
  run: async (demo) => {
    const outcomes = await several(demo.examples.regions, 6, (choice) => save(demo, choice));
    const expected = demo.examples.expected.regions;
    const saved = outcomes.filter((outcome) => outcome.version > 0);
    const touched = saved.reduce((sum, outcome) => sum + outcome.templatesTouched, 0);
    const rows = await demo.database.query<{ seller_id: string; count: number; excluded: string[] }>(
      `select seller_id, count(*)::int as count, min(excluded_destinations) as excluded from shipping_templates where applied_setting_version > 0 group by 1`,
    );
    const wanted = expected.perSeller as Record<string, { excludedDestinations: string[]; templatesTouched: number }>;
    const reached = Object.fromEntries(rows.map((row) => [row.seller_id, [row.count, [...row.excluded].sort()]]));
    return {
      counts: { saved: saved.length, refused: outcomes.length - saved.length, templatesTouched: touched },
      checks: [
        check('settings saved', expected.saved, saved.length),
        check(
          'settings refused by code',
          expected.refusedByCode,
          tallied(outcomes.flatMap((outcome) => outcome.refusedWith)),
        ),
        check('templates touched', expected.templatesTouched, touched),
        check(
          'per seller: templates reached and what they exclude',
          Object.fromEntries(
            Object.entries(wanted)
              .filter(([, setting]) => setting.templatesTouched > 0)
              .map(([sellerId, setting]) => [
                sellerId,
                [setting.templatesTouched, [...setting.excludedDestinations].sort()],
              ]),
          ),
          reached,
        ),
      ],
    };
  },
};

async function save(demo: Demo, choice: Demo['examples']['regions'][number]): Promise<Outcome> {
  const { sellerId, excludedDestinations } = choice;
  try {
    const { operationId, version } = await demo.client.call(routes.regions.saveRegionSetting, {
      params: { sellerId: sellerId as never },
      body: { excludedDestinations: [...excludedDestinations] },
    });
    const operation = await settled(demo, operationId);
    return { sellerId, version, templatesTouched: operation.counts.templatesChanged ?? 0, refusedWith: [] };
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    return { sellerId, version: 0, templatesTouched: 0, refusedWith: error.problem.errors.map((entry) => entry.code) };
  }
}
