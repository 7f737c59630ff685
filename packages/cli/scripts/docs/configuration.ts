import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { baseConfig } from '@ge/runtime';
import { z } from 'zod';
import { projectDir } from '../../src/project.ts';
import { literal, preface, table } from './table.ts';

type Variables = Readonly<Record<string, z.ZodType>>;

/** `docs/configuration.md`: every variable that a process of the fleet reads, as its `config.ts` declares it. */
export async function configurationDocument(): Promise<string> {
  const shared: Variables = baseConfig.shape;
  const services = await Promise.all(serviceNames().map(async (name) => [name, await variablesOf(name)] as const));
  return `${[
    preface('Configuration', 'config.ts of the services'),
    `A process reads its environment once, at its start, and names everything that is missing or wrong at once, by name
only. An empty variable counts as one that is not set. A variable without a default is required unless it says *optional*.
\`./ge up\` and \`./ge demo\` set all of it; what you set besides reaches every service.`,
    `## Every service\n\nThe carrier simulator stands apart: it has only what its own table names.`,
    variableTable(shared),
    ...services.flatMap(([service, variables]) => {
      const own = Object.fromEntries(Object.entries(variables).filter(([name, schema]) => schema !== shared[name]));
      return [`## ${service}`, Object.keys(own).length > 0 ? variableTable(own) : 'Nothing of its own.'];
    }),
    `## The launcher

| Variable | Meaning |
| --- | --- |
| \`DATABASE_URL\` \`REDIS_URL\` \`SMTP_URL\` | servers that \`./ge up\` uses instead of local ones; \`./ge migrate\` brings the first up to date. \`./ge demo\` takes the first two, and leaves in them what it made |
| \`GE_URL\` \`GE_KEY\` | a fleet elsewhere, and an operator key of it, for the commands that ask a fleet; \`./ge flood --target\` takes the key alone |
| \`GE_CARRIER_URL\` | a carrier simulator elsewhere, for \`./ge carrier\` |
| \`GE_CARRIER_TOKEN\` | the \`ADMIN_TOKEN\` of that simulator, or of the one that \`./ge flood --carrier\` names |
| \`GE_TEST_DATABASE_URL\` \`GE_TEST_REDIS_URL\` | servers that \`./ge test\` uses instead of its own; the user must be allowed to create databases |
| \`GE_LINK\` | \`off\`: services are started from their sources, one module at a time, as a debugger likes it; otherwise they are linked into a few files first, anew after each change |
| \`GE_DEEP\` | \`1\`: tests that take long run too; \`./ge test --deep\` sets it |`,
  ].join('\n\n')}\n`;
}

const servicesDir = join(projectDir, 'services');

const serviceNames = (): string[] =>
  readdirSync(servicesDir)
    .filter((name) => existsSync(join(servicesDir, name, 'config.ts')))
    .sort();

async function variablesOf(service: string): Promise<Variables> {
  const module = (await import(join(servicesDir, service, 'config.ts'))) as Record<string, unknown>;
  const schema = Object.values(module).find((value) => value instanceof z.ZodObject);
  if (!schema) throw new Error(`services/${service}/config.ts exports no schema`);
  return schema.shape as Variables;
}

const variableTable = (variables: Variables): string =>
  table(
    ['Variable', 'Default', 'Values', 'Meaning'],
    Object.entries(variables).map(([name, schema]) => [
      `\`${name}\``,
      defaultOf(schema),
      valuesOf(schema),
      literal(schema.description ?? missing(name)),
    ]),
  );

/** A default is shown as it is written into the environment, a required variable by nothing. */
function defaultOf(schema: z.ZodType): string {
  const unset = schema.safeParse(undefined);
  if (!unset.success) return '**required**';
  if (unset.data === undefined) return '*optional*';
  return `\`${typeof unset.data === 'object' ? JSON.stringify(unset.data) : String(unset.data)}\``;
}

function valuesOf(schema: z.ZodType): string {
  const { type, minimum, maximum } = outline(schema, 'output');
  const { enum: choices } = outline(schema, 'input');
  if (choices) return choices.map((choice) => `\`${choice}\``).join(' ');
  return type === 'integer' ? `${minimum} to ${maximum}` : '';
}

/** What a text is read as shows in the output, which words are taken in the input. */
const outline = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { unrepresentable: 'any', io }) as {
    readonly type?: string;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly enum?: readonly string[];
  };

const missing = (name: string): never => {
  throw new Error(`${name} needs .describe(…): its meaning stands in docs/configuration.md`);
};
