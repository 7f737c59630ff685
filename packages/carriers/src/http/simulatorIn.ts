import { z } from 'zod';
import type { SimulatorOutcome } from '../port/outcome.ts';
import { parsedJson } from '../wire/parsedJson.ts';
import type { Exchange } from './exchange.ts';

const identity = z.object({ simulator: z.literal(true), simulatorId: z.uuid() });

/** Only a simulator's own words make it one; an answer that says anything else comes from somebody who takes money. */
export function simulatorIn(exchange: Exchange): SimulatorOutcome {
  if (exchange.kind === 'not_sent') return { kind: 'unavailable', reason: 'UNREACHABLE' };
  if (exchange.kind === 'lost') return { kind: 'unavailable', reason: exchange.reason };
  const { status, body } = exchange;
  if (status === 429) return { kind: 'unavailable', reason: 'RATE_LIMITED' };
  if (status >= 500) return { kind: 'unavailable', reason: 'SERVER_ERROR' };
  const said = status === 200 ? identity.safeParse(parsedJson(body)).data : undefined;
  return said ? { kind: 'simulator', simulatorId: said.simulatorId } : { kind: 'no_simulator' };
}
