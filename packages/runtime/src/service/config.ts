import { queueNames } from '@ge/contracts';
import { redisNodesOf } from '@ge/queue';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

function parsed(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
}

/** What every process of the fleet is told. A service extends it with its own; everything has a default that suits two cores. */
export const baseConfig = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe('where PostgreSQL is'),
  REDIS_URL: z
    .string()
    .refine((url) => redisNodesOf(url) !== null, 'Invalid URL')
    .describe('where Redis is: `redis://…`, or `redis-cluster://…` with one or several nodes, `host:port,host:port`'),
  QUEUE_NAMESPACE: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('ge')
    .describe('keeps fleets that share a Redis apart'),
  QUEUE_PARTS: z
    .string()
    .transform(parsed)
    .pipe(z.partialRecord(z.enum(queueNames), z.int().min(1).max(100)))
    .default({})
    .describe(
      'from how many names in Redis a worker takes a queue, where it is several: `{"sku-assignment":4}`; the relay spreads a queue over the names that all its workers take from',
    ),
  HOST: z.string().default('127.0.0.1').describe('interface that the HTTP ports listen on'),
  HEALTH_PORT: port.default(0).describe('port of /live, /ready and /metrics; 0 = any free one'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('the least weighty lines that are logged'),
  CLOCK: z
    .enum(['system', 'movable'])
    .default('system')
    .describe('movable = follow the offset in the database (demo and tests)'),
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(6).describe('connections at most'),
  CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(5_000)
    .default(500)
    .describe('jobs held at once: the material for batches'),
  BATCHES_IN_FLIGHT: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .default(3)
    .describe('transactions at once for each kind of job'),
  BATCH_LINGER_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000)
    .default(3)
    .describe('how long a batch waits for company under load'),
  JOB_LOCK_MS: z.coerce
    .number()
    .int()
    .min(500)
    .max(600_000)
    .default(15_000)
    .describe('after how long without a sign of life a job goes to someone else'),
  STOP_DEADLINE_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(600_000)
    .default(25_000)
    .describe('when a stop no longer waits'),
});

export type BaseConfig = z.infer<typeof baseConfig>;

/** Thrown with every problem of the environment at once, names only: values may be secrets. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the environment once. Throws ConfigError naming every variable that is missing or wrong. */
export function parseConfig<Schema extends z.ZodType>(schema: Schema, env: NodeJS.ProcessEnv): z.infer<Schema> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(`The environment does not fit:\n${lines.join('\n')}`);
}
