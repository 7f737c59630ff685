import type { JobContract, PayloadOf } from '@ge/contracts';
import { prepareOften } from '../connection/preparedStatements.ts';

/** Anything that runs a statement inside the caller's transaction: the fleet's own, a `pg` client, another ORM's. */
export interface Statements {
  query(text: string, params: readonly unknown[]): Promise<unknown>;
}

/** One job to be owed from the moment the transaction commits. */
export interface Outgoing<C extends JobContract = JobContract> {
  readonly contract: C;
  readonly payload: PayloadOf<C>;
  /** Whose turn it takes; null = programme-wide work. */
  readonly sellerId: string | null;
  readonly operationId?: string | null;
  readonly commandNo?: number | null;
  /** Not before; by the programme's clock. */
  readonly dueAt?: Date | null;
  /** Dead if not finished by then. */
  readonly deadlineAt?: Date | null;
  readonly trace?: string | null;
}

/** Gives a message its types: the payload is checked against the contract by the compiler. */
export const outgoing = <C extends JobContract>(contract: C, message: Omit<Outgoing<C>, 'contract'>): Outgoing => ({
  ...message,
  contract,
});

/** The turn-taking key of programme-wide work. */
export const programmeWide = '-';

/**
 * Appends messages in the caller's transaction: once it commits, they are owed and will be run; if it rolls back, they
 * never were. Payloads are parsed here, so a bad one fails its producer at once. Throws a ZodError for a bad payload.
 */
export async function appendMessages(tx: Statements, messages: readonly Outgoing[]): Promise<void> {
  if (messages.length === 0) return;
  prepareOften(append);
  await tx.query(append, [JSON.stringify(messages.map(toRow))]);
}

const append = `insert into messages (queue, name, seller_id, payload, operation_id, command_no, due_at, deadline_at, trace)
  select queue, name, seller_id, payload, operation_id, command_no, due_at, deadline_at, trace
    from json_to_recordset($1::json) as d(queue text, name text, seller_id text, payload jsonb, operation_id text,
         command_no bigint, due_at timestamptz, deadline_at timestamptz, trace text)`;

/** What is left out is null: most messages have none of it, and it would be half of what travels. */
const toRow = ({ contract, ...message }: Outgoing) => ({
  queue: contract.queue,
  name: contract.name,
  seller_id: message.sellerId ?? programmeWide,
  payload: contract.payload.parse(message.payload),
  operation_id: message.operationId ?? undefined,
  command_no: message.commandNo ?? undefined,
  due_at: message.dueAt ?? undefined,
  deadline_at: message.deadlineAt ?? undefined,
  trace: message.trace ?? undefined,
});
