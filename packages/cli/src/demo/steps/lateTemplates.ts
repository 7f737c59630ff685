import { routes } from '@ge/api';
import { check } from '../check.ts';
import type { Demo } from '../demo.ts';
import type { ExampleTemplate } from '../examples.ts';
import { settled } from '../settled.ts';
import type { DemoStep } from '../step.ts';

interface Case {
  readonly sellerId: string;
  readonly templateId: string;
  readonly onceEnabled: {
    readonly appliedSettingVersion: number;
    readonly drifts: boolean;
    readonly excludedDestinations: readonly string[];
  };
  readonly savedAgain: {
    readonly version: number;
    readonly excludedDestinations: readonly string[];
    readonly templatesTouched: number;
    readonly drifting: number;
  } | null;
}

/** A template enabled after the save is not reached until the seller saves again, unless the seller opted in (R12). */
export const lateTemplates: DemoStep = {
  name: 'enable-one-more',
  title: 'Enables one more template and shows the drift; saving again ends it',
  run: async (demo) => {
    const { examples, ids } = demo;
    for (const template of examples.story.lateTemplates) await enableByHand(demo, template);
    const checks = [];
    let drifting = 0;
    for (const wanted of examples.expected.lateTemplates.cases as readonly Case[]) {
      const seen = await exclusionOf(demo, ids.templates.get(wanted.templateId)!);
      const { sellerId } = wanted;
      const setting = await demo.client.call(routes.regions.getRegionSetting, {
        params: { sellerId: sellerId as never },
      });
      drifting += seen.version < setting.version ? 1 : 0;
      checks.push(
        check(
          `${wanted.templateId}: ${wanted.onceEnabled.drifts ? 'enabled after the save, so it drifts' : 'opted in, so it has the setting at once'}`,
          [
            wanted.onceEnabled.appliedSettingVersion,
            wanted.onceEnabled.excludedDestinations,
            wanted.onceEnabled.drifts,
          ],
          [seen.version, seen.excluded, seen.version < setting.version],
        ),
      );
      if (wanted.savedAgain) checks.push(await saveAgain(demo, wanted, setting.excludedDestinations));
    }
    return { counts: { enabled: examples.story.lateTemplates.length, drifting }, checks };
  },
};

async function enableByHand(demo: Demo, template: ExampleTemplate): Promise<void> {
  const { client, ids } = demo;
  const params = { sellerId: template.sellerId as never };
  const made = await client.call(routes.templates.createTemplate, {
    params,
    body: { name: template.name, domesticShipping: template.domesticShipping as never },
  });
  ids.templates.set(template.id, made.template.id);
  const { operationId } = await client.call(routes.wizard.enableByHand, {
    params: { ...params, templateId: made.template.id },
    body: {
      shipFrom: template.wizard!.shipFrom.map((id) => ids.addresses.get(id)!) as never,
      carrierPreferences: [...template.wizard!.carrierPreferences],
    },
  });
  await settled(demo, operationId);
}

async function exclusionOf({ database }: Demo, templateId: string): Promise<{ version: number; excluded: string[] }> {
  const [row] = await database.query<{ version: number; excluded: string[] }>(
    `select applied_setting_version as version, excluded_destinations as excluded from shipping_templates where id = $1 and ge_state = 'enabled'`,
    [templateId],
  );
  return row ?? { version: -1, excluded: [] };
}

async function saveAgain(demo: Demo, wanted: Case, excludedDestinations: readonly string[]) {
  const answer = await demo.client.call(routes.regions.saveRegionSetting, {
    params: { sellerId: wanted.sellerId as never },
    body: { excludedDestinations: [...excludedDestinations] },
  });
  const operation = await settled(demo, answer.operationId);
  const drift = await demo.client.call(routes.regions.listDrift, { params: { sellerId: wanted.sellerId as never } });
  const { version, excludedDestinations: list, templatesTouched, drifting } = wanted.savedAgain!;
  return check(
    `${wanted.templateId}: one more save reaches it`,
    [version, list, templatesTouched, drifting],
    [answer.version, answer.excludedDestinations, operation.counts.templatesChanged, drift.items.length],
  );
}
