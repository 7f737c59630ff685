import { setTimeout as pause } from 'node:timers/promises';
import { type Client, routes } from '@ge/api';
import type { Command } from 'commander';
import { answer } from '../answer.ts';
import { type Watch, watched } from '../feed/watched.ts';
import { whichFleet } from '../fleet-client.ts';
import { askAboutLabel } from '../label/labelIds.ts';
import { type Label, labelInWords } from '../label/labelInWords.ts';
import { teach } from '../teach.ts';

const lookEveryMs = 500;

export function registerLabelVoid(label: Command): void {
  const command = label
    .command('void')
    .argument('<label>', 'its id, lbl_…')
    .summary('take a bought label back')
    .description(
      'Takes a bought label back, before its first scan and within the window of its carrier, and waits for what the carrier ' +
        `says. Ctrl-C ends the waiting; the carrier is asked all the same.\n\n${whichFleet}`,
    )
    .option('--no-follow', 'end once the fleet has it')
    .option('--json', 'print one object: {ok, label}')
    .action(voidLabel);
  teach(command, {
    examples: ['ge label void lbl_06b1…', 'ge label void lbl_06b1… --no-follow'],
    exitCodes: {
      0: 'taken back; with --no-follow: it will be asked for',
      1: 'the carrier or the fleet refused, there is no such label, or the fleet does not answer',
    },
  });
}

async function voidLabel(
  labelId: string,
  { follow, json = false }: { follow: boolean; json?: boolean },
): Promise<void> {
  await watched(json, (watch) =>
    askAboutLabel(labelId, async (client) => {
      const { label: asked } = await client.call(routes.labels.voidLabel, { params: { labelId } });
      const label = follow ? await settled(client, asked, watch) : asked;
      watch.line.end();
      const ok = label.state === 'voided' || !follow;
      process.exitCode = ok ? 0 : 1;
      if (json) answer({ ok, label });
      else console.log(labelInWords(label).join('\n'));
    }),
  );
}

async function settled(client: Client, asked: Label, { line, signal, ifStopped }: Watch): Promise<Label> {
  const labelId = asked.id;
  ifStopped(`no longer waiting; its carrier is asked all the same: ge label show ${labelId}`);
  let label = asked;
  for (
    ;
    label.state === 'voiding';
    label = await client.call(routes.labels.getLabel, { params: { labelId }, signal })
  ) {
    line.now(`${label.carrierId} is asked to take it back`);
    await pause(lookEveryMs, undefined, { signal });
  }
  return label;
}
