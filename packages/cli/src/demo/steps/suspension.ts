import { routes } from '@ge/api';
import { check } from '../check.ts';
import type { Demo } from '../demo.ts';
import { settled } from '../settled.ts';
import type { DemoStep } from '../step.ts';
import { placeOrders } from './orders.ts';

const showing = async ({ database }: Demo, destination: string): Promise<number> => {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::int as count from shipping_templates where $1 = any(suspended_destinations)`,
    [destination],
  );
  return row!.count;
};

const heldOrders = async ({ database }: Demo): Promise<string[]> =>
  (await database.query<{ id: string }>(`select id from orders where state = 'held' order by id`)).map((row) => row.id);

/** The operator stops a destination for the whole programme, and lets it go again (R13). */
export const suspension: DemoStep = {
  name: 'suspend',
  title: 'The operator suspends a destination, then lifts it',
  run: async (demo) => {
    const { client, examples } = demo;
    const expected = examples.expected.suspension;
    const { destination, reason } = examples.story.suspension;

    const suspended = await client.call(routes.suspensions.suspend, { body: { destination, reason } });
    const meanwhile = await placeOrders(demo, 'while_suspended', expected.meanwhile, 'while suspended');
    await settled(demo, suspended.operationId);
    const shown = await showing(demo, destination);
    const held = await heldOrders(demo);

    const lifted = await client.call(routes.suspensions.lift, { params: { suspensionId: suspended.suspension.id } });
    await settled(demo, lifted.operationId);
    const left = { templates: await showing(demo, destination), held: await heldOrders(demo) };
    const afterwards = await placeOrders(demo, 'after_lifting', expected.lifted.afterwards, 'after lifting');
    return {
      counts: { templates: shown, held: held.length, released: held.length - left.held.length },
      checks: [
        check('templates that show the suspension', expected.templatesShowingIt, shown),
        check('orders held', [...expected.held].sort(), held),
        ...meanwhile.checks,
        check('templates that show it after lifting', expected.lifted.templatesShowingIt, left.templates),
        check('orders held after lifting', [], left.held),
        ...afterwards.checks,
      ],
    };
  },
};
