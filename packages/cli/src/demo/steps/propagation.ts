import { setTimeout as wait } from 'node:timers/promises';
import { check } from '../check.ts';
import type { Demo } from '../demo.ts';
import { tallied } from '../several.ts';
import type { DemoStep } from '../step.ts';

interface TemplateState {
  readonly id: string;
  readonly ge_state: string;
  readonly codes: readonly string[] | null;
}

/** The fleet carries every enrollment over the seller's templates: enabled, or blocked with each missing item (R3). */
export const propagation: DemoStep = {
  name: 'propagate',
  title: 'Carries each enrollment over all templates of the seller',
  run: async (demo) => {
    await enrollmentsClosed(demo);
    const { database, examples } = demo;
    const expected = examples.expected.propagation;
    const enrollments = await database.query<{ state: string }>('select state from enrollments');
    const templates = await database.query<TemplateState>(
      `select id, ge_state, (select array_agg(b->>'code' order by b->>'code') from jsonb_array_elements(blocked_by) b) as codes from shipping_templates`,
    );
    const states = tallied(templates.map((row) => row.ge_state));
    const blocked = templates.filter((row) => row.ge_state === 'blocked');
    const together = tallied(blocked.map((row) => [...new Set(row.codes)].sort().join(' + ')));
    const [exportable] = await database.query<{ count: number }>(
      `select count(*)::int as count from skus k join shipping_templates t on t.id = k.template_id where t.ge_state = 'enabled' and k.verdict = 'eligible'`,
    );
    return {
      counts: { enabled: states.enabled ?? 0, blocked: states.blocked ?? 0, exportableSkus: exportable!.count },
      checks: [
        check('enrollments by state', expected.enrollmentsByState, tallied(enrollments.map((row) => row.state))),
        check('templates enabled', expected.templatesEnabled, states.enabled),
        check('templates blocked', expected.templatesBlocked, states.blocked),
        check('blocked templates by everything they miss', expected.blockedByAllCodes, together),
        check('SKUs exportable', expected.exportableSkus, exportable!.count),
        ...samples(demo, templates),
      ],
    };
  },
};

/** Enroll was pressed on the page, so the wait is for the enrollments themselves. */
async function enrollmentsClosed({ database, say }: Demo): Promise<void> {
  const deadline = Date.now() + 180_000;
  for (;;) {
    const [open] = await database.query<{ count: number }>(
      `select count(*)::int as count from enrollments where state = 'propagating'`,
    );
    if (open!.count === 0) return;
    if (Date.now() > deadline) throw new Error(`${open!.count} enrollments are still propagating`);
    say(`${open!.count} sellers to go`);
    await wait(200);
  }
}

function samples({ examples, ids }: Demo, templates: readonly TemplateState[]) {
  const byId = new Map(templates.map((row) => [row.id, row]));
  const named = examples.expected.propagation.samples as readonly { templateId: string; missing: readonly string[] }[];
  return named
    .slice(0, 5)
    .map(({ templateId, missing }) =>
      check(
        `${templateId} is blocked for exactly what it misses`,
        [...missing].sort(),
        [...new Set(byId.get(ids.templates.get(templateId)!)?.codes)].sort(),
      ),
    );
}
