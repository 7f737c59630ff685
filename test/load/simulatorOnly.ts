import { ApiProblem, routes } from '@ge/api';
import { LedgerUnreadable, simulatorOf } from '@ge/audit';
import type { FleetUnderLoad } from './fleet/fleetUnderLoad.ts';

/** A fleet that may spend somebody's money, or of which nobody can say that it does not: it is not flooded. */
export class NotTheSimulator extends Error {
  override readonly name = 'NotTheSimulator';
}

/**
 * Makes sure that every carrier this fleet buys from says of itself that it is the simulator, and that the book at hand is that
 * simulator's. The fleet asks its carriers where its purchases go. Throws NotTheSimulator with one line that says who is not;
 * ApiProblem where the key may not ask, and whatever keeps the fleet from answering.
 */
export async function requireSimulator({ client, gateway, ledger }: FleetUnderLoad): Promise<void> {
  const fleet = `the fleet at ${gateway.url}`;
  const refuse = (why: string): never => {
    throw new NotTheSimulator(`Nothing was sent: ${why}.`);
  };
  const carriers = await client.call(routes.carriers.listCarriers).catch((error: unknown) => {
    if (error instanceof ApiProblem && error.problem.status === 404)
      return refuse(`${fleet} cannot say whether it buys labels from the simulator`);
    // A problem is a gateway's answer, and fetch throws TypeErrors where nobody answers at all.
    if (error instanceof ApiProblem || error instanceof TypeError) throw error;
    return refuse(`what answers at ${gateway.url} is no gateway of a fleet`);
  });
  if (carriers.items.length === 0) refuse(`${fleet} buys labels from nobody, not even the simulator`);
  for (const { carrierId, standing } of carriers.items) {
    if (standing === 'no_simulator') refuse(`${fleet} buys labels from ${carrierId}, which is not the simulator`);
    if (standing === 'unreachable')
      refuse(`${fleet} does not reach ${carrierId}, so nobody can say that it is the simulator`);
  }
  if (!ledger) return;
  const book = await simulatorOf(ledger).catch((error: unknown) => {
    if (error instanceof LedgerUnreadable) return refuse(`${error.message}, so charges cannot be compared`);
    throw error;
  });
  const stranger = carriers.items.find(({ simulatorId }) => simulatorId !== book);
  if (stranger) refuse(`the book at ${ledger.url} is another simulator's than the one that ${fleet} buys from`);
}
