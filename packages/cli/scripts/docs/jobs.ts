import { catalogue, type JobContract, queueNames } from '@ge/contracts';
import { z } from 'zod';
import { literal, preface, table } from './table.ts';

/** `docs/jobs.md`: every job of the fleet as its contract declares it. */
export function jobsDocument(): string {
  return `${[
    preface('Jobs', 'packages/contracts'),
    `One file each in \`packages/contracts/src/jobs\`. A queue is worked by the service of the same name (\`carrier-statements\` by \`label-purchase\`). Payloads are strict: an
unknown or missing field is an error where the job is ordered, and makes it dead where it is run. Fields with \`?\` may be
left out.

- **Attempts**: runs that may fail before the message is dead; a snooze, a lost connection or a deadlock is none.
- **Pause**: before the second attempt, doubled each time up to the second figure.
- **Batch**: messages taken into one transaction at most.
- **Slices**: the job goes on behind a cursor that is committed with each slice.
- **Cancel**: whether it is ended when operations cancel the backlog of its seller; \`unsent\`: while nothing of it has left
  for a carrier; \`no\`: it is carried out all the same.`,
    ...queueNames.flatMap((queue) => [
      `## ${queue}`,
      table(
        ['Job', 'What comes of it', 'Payload', 'Attempts', 'Pause', 'Batch', 'Slices', 'Cancel'],
        catalogue.filter((contract) => contract.queue === queue).map(row),
      ),
    ]),
  ].join('\n\n')}\n`;
}

const row = ({ name, why, payload, cursor, options, cancel }: JobContract): string[] => [
  `\`${name}\``,
  literal(why),
  fields(payload),
  String(options.maxAttempts),
  `${seconds(options.backoff.base)} to ${seconds(options.backoff.max)}`,
  String(options.batchSize),
  cursor ? 'yes' : '',
  cancel,
];

const fields = (payload: z.ZodType): string =>
  payload instanceof z.ZodObject
    ? Object.entries(payload.shape as Record<string, z.ZodType>)
        .map(([name, schema]) => `\`${name}${schema.safeParse(undefined).success ? '?' : ''}\``)
        .join(' ')
    : '';

const seconds = (ms: number): string => (ms < 60_000 ? `${ms / 1_000} s` : `${ms / 60_000} min`);
