import { routes } from '@ge/api';
import { type Command, Option } from 'commander';
import { askFleet, whichFleet } from '../fleet-client.ts';
import { UserMistake } from '../mistake.ts';
import { ago, parseSpan } from '../moments.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

const scopes = ['operator', 'producer', 'seller'] as const;
const roles = ['viewer', 'operator', 'admin'] as const;
const json = ['--json', 'print what the API answers as one object'] as const;
const done = { 0: 'done', 1: 'there is no such key, the fleet refused, or does not answer' };

export function registerKeys(program: Command): void {
  const keys = program
    .command('keys')
    .summary('API keys: list, issue, rotate, revoke')
    .description(
      `Shows the API keys, never the keys themselves: those are kept as hashes. Everything done to them takes an admin and is written down.\n\n${whichFleet}`,
    )
    .option(...json)
    // Otherwise --json would be taken from the commands below it.
    .enablePositionalOptions()
    .action(list);
  teach(keys, {
    examples: [
      ['ge keys', 'all of them'],
      'ge keys issue --scope operator --role viewer --label "night shift"',
      ['ge keys rotate key_06b1… --grace 1d', 'a new one; the old one works for a day'],
      'ge keys revoke key_06b1…',
    ],
    exitCodes: done,
  });
  const all = keys
    .command('list')
    .description('Shows the API keys, as `ge keys` does.')
    .option(...json)
    .action(list);
  teach(all, { examples: ['ge keys list', 'ge keys list --json'], exitCodes: done });
  issueCommand(keys);
  rotateCommand(keys);
  const revoke = keys
    .command('revoke')
    .argument('<id>', 'of the key, as `ge keys` shows it')
    .description('Ends a key; it works for another second at most.')
    .option(...json)
    .action(revokeKey);
  teach(revoke, { examples: ['ge keys revoke key_06b1…'], exitCodes: done });
}

function issueCommand(keys: Command): void {
  const issue = keys
    .command('issue')
    .description('Makes a key and prints it; it is shown this once only.')
    .addOption(new Option('--scope <scope>', 'whose key it is').choices(scopes).makeOptionMandatory())
    .addOption(new Option('--role <role>', 'of an operator key; viewer unless told').choices(roles))
    .option('--seller <id>', 'of a seller key')
    .option('--operations <ids>', 'limited to these calls of the API: orders.create,orders.get')
    .requiredOption('--label <text>', 'what it is for')
    .option(...json)
    .action(issueKey);
  teach(issue, {
    examples: [
      'ge keys issue --scope operator --role admin --label "on call"',
      'ge keys issue --scope seller --seller S-1042 --label "their shop"',
      'ge keys issue --scope producer --operations orders.create,orders.get --label checkout',
    ],
    exitCodes: done,
  });
}

function rotateCommand(keys: Command): void {
  const rotate = keys
    .command('rotate')
    .argument('<id>', 'of the key, as `ge keys` shows it')
    .description('Makes a key that may do the same and prints it; the old one ends at once, or after --grace.')
    .option('--grace <time>', 'how long the old one goes on: 90s, 15m, 12h, 7d; at most 30d', '0s')
    .option('--reason <text>', 'why; kept for good, so nothing personal')
    .option(...json)
    .action(rotateKey);
  teach(rotate, {
    examples: ['ge keys rotate key_06b1…', 'ge keys rotate key_06b1… --grace 1d --reason "yearly"'],
    exitCodes: done,
  });
}

async function list(given: { json?: boolean }): Promise<void> {
  const page = await askFleet((client) => client.call(routes.apiKeys.listApiKeys, { query: { limit: 200 } }));
  if (given.json) return console.log(JSON.stringify(page));
  const rows = page.items.map((key) => [
    key.id,
    key.role ? `${key.scope} ${key.role}` : key.scope,
    key.sellerId ?? '',
    key.operations.length > 0 ? `${key.operations.length} calls` : 'all',
    ago(key.createdAt),
    key.revokedAt === null
      ? 'in force'
      : key.revokedAt > new Date()
        ? `until ${key.revokedAt.toISOString()}`
        : 'revoked',
    key.label,
  ]);
  console.log(table(['key', 'may', 'seller', 'limited to', 'made', 'state', 'label'], rows));
  if (page.nextCursor) console.log('\nThere are more: GET /v1/api-keys pages through them.');
}

interface Issued {
  readonly scope: (typeof scopes)[number];
  readonly role?: (typeof roles)[number];
  readonly seller?: string;
  readonly operations?: string;
  readonly label: string;
  readonly json?: boolean;
}

async function issueKey(given: Issued): Promise<void> {
  const { scope, role, seller, operations, label } = given;
  if (role && scope !== 'operator') throw new UserMistake('--role is for operator keys.');
  if ((scope === 'seller') !== (seller !== undefined)) throw new UserMistake('--seller goes with --scope seller.');
  const body = {
    scope,
    label,
    operations: operations?.split(',').map((id) => id.trim()) ?? [],
    ...(role && { role }),
    ...(seller && { sellerId: seller }),
  };
  const made = await askFleet((client) => client.call(routes.apiKeys.createApiKey, { body }), {
    notFound: `There is no seller ${seller}.`,
  });
  if (given.json) return console.log(JSON.stringify(made));
  console.error(`Key ${made.id}. It is shown this once:`);
  console.log(made.key);
}

async function rotateKey(id: string, given: { grace: string; reason?: string; json?: boolean }): Promise<void> {
  const graceSeconds = parseSpan(given.grace);
  if (graceSeconds === null) throw new UserMistake(`--grace takes a time such as 12h, not ${given.grace}.`);
  const body = { graceSeconds, ...(given.reason && { reason: given.reason }) };
  const made = await askFleet((client) => client.call(routes.apiKeys.rotateApiKey, { params: { keyId: id }, body }), {
    notFound: `There is no key ${id}. \`ge keys\` shows them.`,
    conflict: `The key ${id} is revoked or rotated already.`,
  });
  if (given.json) return console.log(JSON.stringify(made));
  const ends = graceSeconds === 0 ? 'has ended' : `ends ${made.replaces.revokedAt.toISOString()}`;
  console.error(`Key ${made.id}; ${id} ${ends}. It is shown this once:`);
  console.log(made.key);
}

async function revokeKey(id: string, given: { json?: boolean }): Promise<void> {
  await askFleet((client) => client.call(routes.apiKeys.revokeApiKey, { params: { keyId: id } }), {
    notFound: `There is no key ${id}. \`ge keys\` shows them.`,
  });
  if (given.json) console.log(JSON.stringify({ revoked: id }));
  else console.log(`Revoked: ${id}.`);
}
