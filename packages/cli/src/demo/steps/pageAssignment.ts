import { ApiProblem, routes } from '@ge/api';
import { check } from '../check.ts';
import type { Demo } from '../demo.ts';
import { settled } from '../settled.ts';
import { tallied } from '../several.ts';
import type { DemoStep } from '../step.ts';

interface ItemResult {
  readonly outcome: string;
  readonly problems: readonly { readonly code: string; readonly severity: string }[];
}

/** Fifty changes on the inventory page, some of them mistaken; fifty-one are refused with a pointer to feeds (R14). */
export const pageAssignment: DemoStep = {
  name: 'assign-by-page',
  title: 'Moves 50 SKUs on the inventory page, and is refused 51',
  run: async (demo) => {
    const { sellerId, items, oneTooMany } = demo.examples.story.pageAssignment;
    const expected = demo.examples.expected.pageAssignment;
    const answer = await demo.client.call(routes.skus.assignSkus, {
      params: { sellerId: sellerId as never },
      body: bodyOf(demo, items),
    });
    const operation = await settled(demo, answer.operationId);
    const { items: results } = operation.result as { items: readonly ItemResult[] };
    const outcomes = tallied(results.map((result) => result.outcome));
    const rejected = results.filter((result) => result.outcome === 'rejected');
    const codes = tallied(
      rejected.flatMap((result) =>
        result.problems.filter((problem) => problem.severity === 'error').map((problem) => problem.code),
      ),
    );
    return {
      counts: { items: results.length, ...outcomes },
      checks: [
        check(
          'outcome of each of the 50 items',
          expected.results,
          results.map((result) => result.outcome),
        ),
        check('rejected items by code', expected.rejectedByCode, codes),
        check(
          '51 items are refused as a whole',
          expected.oneTooMany.refusedWith,
          await refusalOf(demo, sellerId, oneTooMany),
        ),
        check(
          'SKUs of the seller that are exportable now',
          expected.exportableSkus.after,
          await exportableOf(demo, sellerId),
        ),
      ],
    };
  },
};

/** A template that exists by its id, one that never did by what the seller typed. */
const bodyOf = ({ ids }: Demo, items: readonly { sku: string; templateId: string }[]) => ({
  items: items.map(({ sku, templateId }) => ({
    sku,
    template: { id: ids.templates.get(templateId) ?? templateId },
  })) as never,
});

async function refusalOf(
  demo: Demo,
  sellerId: string,
  items: readonly { sku: string; templateId: string }[],
): Promise<string> {
  try {
    await demo.client.call(routes.skus.assignSkus, {
      params: { sellerId: sellerId as never },
      body: bodyOf(demo, items),
    });
    return 'accepted';
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    return error.problem.errors[0]?.code ?? error.problem.code;
  }
}

/** SKUs of a seller that are sold abroad: eligible, on an enabled template. */
export async function exportableOf({ database }: Demo, sellerId: string): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::int as count from skus k join shipping_templates t on t.id = k.template_id
      where k.seller_id = $1 and t.ge_state = 'enabled' and k.verdict = 'eligible'`,
    [sellerId],
  );
  return row!.count;
}
