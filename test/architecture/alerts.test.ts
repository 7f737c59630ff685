import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8');

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly summary: string; readonly runbook: string };
}
const { groups } = parse(read('infra/prometheus/alerts.yml')) as { groups: { rules: Alert[] }[] };
const alerts = groups.flatMap(({ rules }) => rules);

/** How a heading is addressed: `## A queue grows` → `a-queue-grows`. */
const anchors = [...read('docs/runbook.md').matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
  heading!
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-'),
);

const sources = globSync('{packages/*/src,services/*}/**/*.ts', {
  cwd: root,
  exclude: (path) => path.includes('node_modules'),
})
  .map(read)
  .join('\n');

test.for(alerts.map((rule) => [rule.alert, rule] as const))(
  '%s leads to a part of the runbook',
  ([, { annotations }]) => {
    const [page, anchor] = annotations.runbook.split('#');
    expect(page).toBe('docs/runbook.md');
    expect(anchors).toContain(anchor);
    expect(annotations.summary).not.toBe('');
  },
);

test.for(alerts.map((rule) => [rule.alert, rule] as const))('%s watches what the fleet tells', ([, { expr }]) => {
  const metrics = [...expr.matchAll(/\b(?:ge|bullmq)_[a-z_]+/g)].map(([name]) =>
    name.replace(/_(bucket|sum|count)$/, ''),
  );
  for (const metric of metrics) expect(sources).toContain(`'${metric}'`);
  expect(metrics.length > 0 || expr === 'up == 0').toBe(true);
});
