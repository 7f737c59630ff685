import { routes } from '@ge/api';
import type { Command } from 'commander';
import { FleetAnswer } from '../fleet-answer.ts';
import { askFleet, whichFleet } from '../fleet-client.ts';
import { UserMistake } from '../mistake.ts';
import { ago, ahead } from '../moments.ts';
import { table } from '../table.ts';
import { teach } from '../teach.ts';

interface Options {
  readonly queue?: string;
  readonly show?: string;
  readonly redrive?: string;
  readonly ids?: string;
  readonly rate?: string;
  readonly reason?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function registerDead(program: Command): void {
  const command = program
    .command('dead')
    .summary('what was given up, by what killed it; run it again')
    .description(
      'Shows messages that were given up, grouped by what killed them: same queue, same job, same reason but for ids and numbers.\n\n' +
        'Remove the cause first. A redrive makes them ready as if they had never run and opens their operations again; it says ' +
        'what it would do, and does it with --yes. What a message was about ended when it died (a feed, a label): such a message ' +
        'finds nothing left to do.\n\n' +
        whichFleet,
    )
    .option('--queue <queue>', 'of this queue only')
    .option('--show <fingerprint>', 'the messages of one group')
    .option('--redrive <fingerprint>', 'run a group again')
    .option('--ids <ids>', 'run these messages again: 4711,4712')
    .option('--rate <n>', 'so many a second; all at once unless told')
    .option('--reason <text>', 'why they are run again; kept for good, so nothing personal')
    .option('--yes', 'do it, instead of saying what would be')
    .option('--json', 'print what the API answers as one object')
    .action((given: Options) => {
      if (given.redrive || given.ids) return redrive(given);
      return given.show ? show(given) : groups(given);
    });
  teach(command, {
    examples: [
      ['ge dead', 'the groups'],
      'ge dead --show 1f0c6ad7e2b9',
      ['ge dead --redrive 1f0c6ad7e2b9', 'what that would do'],
      'ge dead --redrive 1f0c6ad7e2b9 --rate 50 --reason "mail server is back" --yes',
    ],
    exitCodes: { 0: 'done', 1: 'nothing died of that, the fleet refused, or does not answer' },
  });
}

/** As much of a reason as a line of a table takes; --json has all of it. */
const shortly = (reason: string | null): string => {
  const text = reason ?? '';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
};

async function groups({ queue, json }: Options): Promise<void> {
  const query = { limit: 200, ...(queue && { queue }) };
  const page = await askFleet((client) => client.call(routes.deadMessages.listDeadGroups, { query }));
  if (json) return console.log(JSON.stringify(page));
  if (page.items.length === 0) return console.log('Nothing is dead.');
  const rows = page.items.map((group) => [
    group.fingerprint,
    group.name,
    String(group.messages),
    String(group.sellers),
    ago(group.lastAt),
    shortly(group.sampleReason),
  ]);
  console.log(table(['fingerprint', 'job', 'dead', 'sellers', 'last', 'reason of the last'], rows));
  if (page.nextCursor) console.log('\nThere are more: --queue narrows it down.');
}

async function show({ show: fingerprint, queue, json }: Options): Promise<void> {
  const query = { limit: 200, fingerprint: fingerprint!, ...(queue && { queue }) };
  const page = await askFleet((client) => client.call(routes.deadMessages.listDeadMessages, { query }));
  if (page.items.length === 0) throw new FleetAnswer(`Nothing is dead of ${fingerprint}. \`ge dead\` shows what is.`);
  if (json) return console.log(JSON.stringify(page));
  const rows = page.items.map((message) => [
    String(message.id),
    message.sellerId,
    String(message.attempts),
    ago(message.deadAt),
    message.operationId ?? '',
    shortly(message.lastError),
  ]);
  console.log(table(['message', 'seller', 'attempts', 'died', 'operation', 'reason'], rows));
  console.log(`\n${page.nextCursor ? 'There are more. ' : ''}ge why <message> tells the history of one.`);
}

async function redrive({ redrive: fingerprint, ids, queue, rate, reason, yes, json }: Options): Promise<void> {
  if (fingerprint && ids) throw new UserMistake('Either --redrive or --ids.');
  if (yes && !reason) throw new UserMistake('Say why with --reason: it is written down.');
  const perSecond = rate === undefined ? undefined : numberOf(rate, '--rate');
  const which = fingerprint
    ? { fingerprint, ...(queue && { queue }) }
    : { ids: ids!.split(',').map((id) => numberOf(id.trim(), '--ids')) };
  const body = { ...which, dryRun: !yes, ...(reason && { reason }), ...(perSecond && { perSecond }) };
  const answer = await askFleet((client) => client.call(routes.deadMessages.redriveDeadMessages, { body }));
  if (answer.messages === 0) throw new FleetAnswer('Nothing of that is dead. `ge dead` shows what is.');
  if (json) return console.log(JSON.stringify(answer));
  const { messages, sellers, operations, pastDeadline, lastDueAt, left } = answer;
  console.log(
    `${answer.dryRun ? 'Would run' : 'Runs'} again: ${messages} of ${sellers} sellers; ${operations} operations open again.`,
  );
  if (perSecond) console.log(`The last of them is due ${ahead(lastDueAt)}.`);
  if (pastDeadline > 0) console.log(`${pastDeadline} of them are past their deadline and die again at once.`);
  if (left > 0) console.log(`${left} more are left: run it again.`);
  if (answer.dryRun) console.log('Nothing was done: add --reason and --yes.');
}

function numberOf(text: string, option: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new UserMistake(`${option} takes whole numbers, not ${text || 'nothing'}.`);
  return Number(text);
}
