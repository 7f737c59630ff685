import type { z } from 'zod';

/** How often and how long a job may try. Times in milliseconds. */
export interface JobOptions {
  /** Runs that may fail before the message is dead. */
  readonly maxAttempts: number;
  /** Wait before attempt n + 1: `base · 2^(n-1)`, at most `max`. */
  readonly backoff: { readonly base: number; readonly max: number };
  /** Messages taken into one transaction at most. */
  readonly batchSize: number;
  /** Snoozes allowed before the message is dead; a snooze is not an attempt. */
  readonly maxSnoozes: number;
}

/**
 * `yes`: ended instead of run. `unsent`: the same while nothing of it has left for a carrier. `no`: carried out all the
 * same, because something or somebody would be left half way, or money unaccounted for.
 */
export type CancelRule = 'yes' | 'unsent' | 'no';

/**
 * Everything there is to know about one kind of job: what it is called, which queue carries it, what it is told,
 * how it may try, and why it exists. One file each; `catalogue.ts` lists them.
 */
export interface JobContract<Name extends string = string, Payload extends z.ZodType = z.ZodType> {
  readonly name: Name;
  readonly queue: string;
  /** Strict: an unknown key is an error at both ends, because the queue outlives deploys. */
  readonly payload: Payload;
  /** What a `continue` hands to the next slice; absent for jobs that end in one run. */
  readonly cursor?: z.ZodType;
  readonly options: JobOptions;
  /** What becomes of it when operations cancel the backlog of its seller. */
  readonly cancel: CancelRule;
  /** One sentence for operations: what it does and what comes of it. */
  readonly why: string;
}

export type PayloadOf<C extends JobContract> = z.infer<C['payload']>;

const defaults: JobOptions = {
  maxAttempts: 8,
  backoff: { base: 1_000, max: 300_000 },
  batchSize: 200,
  maxSnoozes: 10_000,
};

/** Declares a job; options left out take the fleet's defaults, and it is not cancelled unless it says so. */
export function defineJob<const Name extends string, Payload extends z.ZodType, Cursor extends z.ZodType = z.ZodType>(
  contract: Omit<JobContract<Name, Payload>, 'options' | 'cancel' | 'cursor'> & {
    options?: Partial<JobOptions>;
    cancel?: CancelRule;
    cursor?: Cursor;
  },
): JobContract<Name, Payload> & { cursor?: Cursor } {
  return { cancel: 'no', ...contract, options: { ...defaults, ...contract.options } };
}
