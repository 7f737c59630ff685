import { activateTemplate as activation, deactivateTemplate as deactivation } from '@ge/contracts';
import { type Database, outgoing, startOperation } from '@ge/database';
import type { SellerId } from '@ge/domain';
import { inOneBatchAndInTurn } from '@ge/testkit';
import { expect, test } from 'vitest';
import { activateTemplate } from '../activateTemplate.ts';
import { deactivateTemplate } from '../deactivateTemplate.ts';
import { propagateDeactivation } from '../propagateDeactivation.ts';
import { propagateEnrollment } from '../propagateEnrollment.ts';
import { confirmedByHand } from './confirmedByHand.ts';
import { aSellerWith, enabledTemplate, enroll, leave, now, readyTemplate, tracesOf } from './scene.ts';

const id = 'S-1';
const seller = id as SellerId;
const clock = { now: () => now };
const templates = Array.from({ length: 9 }, (_, no) =>
  no % 3 === 0 ? enabledTemplate(id, no, 1) : readyTemplate(id, no, no === 4 ? { domesticShipping: null } : {}),
);

type Command = readonly [no: number, commandNo: number];

/** Commands on single templates, each an operation. */
const command = (database: Database, contract: typeof activation | typeof deactivation, [no, commandNo]: Command) =>
  database.transaction((tx) =>
    startOperation(tx, { kind: contract.name, sellerId: seller, now }, [
      outgoing(contract as typeof activation, {
        payload: { sellerId: seller, templateId: readyTemplate(id, no).id, commandNo },
        sellerId: seller,
        commandNo,
      }),
    ]),
  );

/** What all the seller's operations left behind. */
async function leftBy(database: Database, operations: readonly string[]) {
  const traces = [];
  for (const operationId of operations) traces.push(await tracesOf(database, seller, operationId));
  return { ...traces[0]!, operation: undefined, operations: traces.map(({ operation }) => operation) };
}

/** The same, one call after another, for what is to be owed in this order. */
async function inOrder<T>(list: readonly T[], owe: (item: T) => Promise<string>): Promise<string[]> {
  const operations: string[] = [];
  for (const item of list) operations.push(await owe(item));
  return operations;
}

test('two enrollments of one seller in one batch end as one after another: the later one closes it', async () => {
  const { inOneBatch, inTurn } = await inOneBatchAndInTurn(async (database) => {
    await aSellerWith(database, id, templates);
    const operations = await inOrder([1, 2], (commandNo) => enroll(database, seller, commandNo));
    return { handler: propagateEnrollment(6), clock, left: () => leftBy(database, operations) };
  });
  expect(inOneBatch).toEqual(inTurn);
  expect(inOneBatch).toMatchObject({
    enrollment: { state: 'active_with_blocked', commandNo: 2 },
    operations: [{ counts: {} }, { counts: { templatesEnabled: 5, templatesAlreadyEnabled: 3, templatesBlocked: 1 } }],
  });
});

test('two deactivations of one seller in one batch end as one after another: each template leaves once', async () => {
  const { inOneBatch, inTurn } = await inOneBatchAndInTurn(async (database) => {
    await aSellerWith(database, id, templates);
    const operations = await inOrder([2, 3], (commandNo) => leave(database, seller, commandNo));
    return { handler: propagateDeactivation(6), clock, left: () => leftBy(database, operations) };
  });
  expect(inOneBatch).toEqual(inTurn);
  expect(inOneBatch.operations).toMatchObject([{ counts: { templatesDeactivated: 3 } }, { counts: {} }]);
});

test('commands on one template and on its neighbours in one batch end as one after another (R3, R8, R19)', async () => {
  const blocked = { geState: 'blocked', geCommandNo: 1, blockedBy: [] } as const;
  const some = [0, 1].map((no) => confirmedByHand(readyTemplate(id, no, blocked)));
  const open = async (database: Database) => {
    await aSellerWith(database, id, some);
    await enroll(database, seller, 1);
    await database.query(`update enrollments set state = 'active_with_blocked'; delete from messages`);
  };
  const activated = await inOneBatchAndInTurn(async (database) => {
    await open(database);
    const commands: Command[] = [
      [0, 5],
      [1, 3],
      [0, 4],
    ];
    const operations = await inOrder(commands, (one) => command(database, activation, one));
    return { handler: activateTemplate, clock, left: () => leftBy(database, operations) };
  });
  expect(activated.inOneBatch).toEqual(activated.inTurn);
  expect(activated.inOneBatch).toMatchObject({
    enrollment: { state: 'active' },
    operations: [
      { counts: { templatesEnabled: 1 } },
      { counts: { templatesEnabled: 1 } },
      { counts: { templatesAlreadyEnabled: 1 } },
    ],
  });
  const left = await inOneBatchAndInTurn(async (database) => {
    await open(database);
    const commands: Command[] = [
      [0, 4],
      [1, 3],
      [0, 5],
    ];
    const operations = await inOrder(commands, (one) => command(database, deactivation, one));
    return { handler: deactivateTemplate, clock, left: () => leftBy(database, operations) };
  });
  expect(left.inOneBatch).toEqual(left.inTurn);
  expect(left.inOneBatch).toMatchObject({ enrollment: { state: 'active' } });
});
