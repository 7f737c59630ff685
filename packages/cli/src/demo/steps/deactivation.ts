import { routes } from '@ge/api';
import { check } from '../check.ts';
import type { Demo } from '../demo.ts';
import { settled } from '../settled.ts';
import { several } from '../several.ts';
import type { DemoStep } from '../step.ts';
import { buyLabels, ledgerOf } from './labels.ts';

interface ExpectedSeller {
  readonly sellerId: string;
  readonly internationalOff: number;
  readonly regionAutomationOff: number;
  readonly pendingGeOrders: readonly string[];
}

/** Some sellers leave, in all templates or in some; pending GE orders stay their duty, and labels can still be bought (R19–R21). */
export const deactivation: DemoStep = {
  name: 'deactivate',
  title: 'Sellers leave with orders pending; both branches of switching off',
  run: async (demo) => {
    const { examples, ids } = demo;
    const expected = examples.expected.deactivation;
    const sellers = examples.story.deactivations.map(({ sellerId }) => sellerId);
    const chargesBefore = (await ledgerOf(demo)).charges;
    const left = await several(examples.story.deactivations, 4, async ({ sellerId, templateIds }) => {
      const params = { sellerId: sellerId as never };
      const answers = templateIds
        ? await several(templateIds, 1, (id) =>
            demo.client.call(routes.deactivation.deactivateTemplate, {
              params: { ...params, templateId: ids.templates.get(id) as never },
            }),
          )
        : [await demo.client.call(routes.deactivation.deactivateAll, { params })];
      return several(answers, 1, async ({ operationId }) => (await settled(demo, operationId)).counts);
    });
    const counted = (name: string) => left.flat().reduce((sum, counts) => sum + (counts[name] ?? 0), 0);
    const seen = await several(sellers, 4, (sellerId) => dutiesOf(demo, sellerId));
    const wanted = expected.perSeller as readonly ExpectedSeller[];

    const bought = await buyLabels(demo, examples.story.labelsAfterDeactivation);
    const [ended] = await demo.database.query<{ count: number }>(
      `select count(*)::int as count from enrollments where state = 'deactivated' and seller_id = any($1::text[])`,
      [sellers],
    );
    return {
      counts: {
        sellers: sellers.length,
        internationalOff: counted('internationalAutomationOff'),
        regionAutomationOff: counted('regionAutomationOff'),
        labelsAfterwards: bought.length,
      },
      checks: [
        check('enrollments deactivated', expected.enrollmentsDeactivated, ended!.count),
        check(
          'templates with only international automation off (R19)',
          expected.templatesInternationalOff,
          counted('internationalAutomationOff'),
        ),
        check(
          'templates with shipping region automation off (R20)',
          expected.templatesRegionAutomationOff,
          counted('regionAutomationOff'),
        ),
        check(
          'templates that were blocked and are not any more',
          expected.templatesUnblocked,
          counted('templatesUnblocked'),
        ),
        check(
          'pending GE orders stay listed as duties, per seller',
          wanted.map(({ sellerId, pendingGeOrders }) => [sellerId, [...pendingGeOrders].sort()]),
          seen.map(({ sellerId, duties }) => [sellerId, duties]),
        ),
        check(
          'labels bought after leaving, one charge each',
          expected.labelsBoughtAfterwards,
          (await ledgerOf(demo)).charges - chargesBefore,
        ),
      ],
    };
  },
};

/** What the seller still has to ship after leaving. */
async function dutiesOf({ client }: Demo, sellerId: string) {
  const duties = await client.call(routes.orders.listDuties, {
    params: { sellerId: sellerId as never },
    query: { limit: 100 },
  });
  return { sellerId, duties: duties.items.map((duty) => duty.orderId as string).sort() };
}
