import { expect, test } from 'vitest';
import { rooms, sources } from './sources.ts';

/** Which rooms of this project a room may depend on (see ARCHITECTURE.md); libraries are judged below. */
const mayUse: Readonly<Record<string, readonly string[]>> = {
  'packages/domain': [],
  'packages/contracts': ['domain'],
  'packages/api': ['domain'],
  'packages/database': ['domain', 'contracts'],
  'packages/queue': ['contracts'],
  'packages/runtime': ['domain', 'contracts', 'database', 'queue'],
  'packages/feeds': ['domain'],
  'packages/carriers': ['domain'],
  'packages/carrier-gate': ['domain', 'database', 'queue', 'carriers'],
  'packages/rendering': ['domain'],
  'packages/mailer': ['domain'],
  'packages/documents': ['domain', 'database'],
  'packages/plots': [],
  'packages/audit': ['domain', 'database', 'api'],
};

/** What no rule of the programme may touch: `now` and everything else it needs are passed in. */
const impurities = [
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bprocess\./,
  /\basync\b/,
  /\bawait\b/,
  /\bPromise[.<(]/,
  /\bconsole\./,
  /\bMath\.random\b/,
  /\bcrypto\./,
];

/** The rooms that may hold what others must not. */
const onlyIn: readonly (readonly [library: string, room: string])[] = [
  ['bullmq', 'packages/queue'],
  ['ioredis', 'packages/queue'],
  ['@mikro-orm/core', 'packages/database'],
  ['@mikro-orm/postgresql', 'packages/database'],
  ['kysely', 'packages/database'],
  ['nodemailer', 'packages/mailer'],
  ['saxes', 'packages/feeds'],
  ['linkedom', 'packages/plots'],
];

test.for(rooms().filter((room) => room.path in mayUse))(
  '$path depends only on the rooms below it',
  ({ path, dependencies }) => {
    const used = dependencies.filter((name) => name.startsWith('@ge/')).map((name) => name.slice('@ge/'.length));
    expect(used.filter((name) => !mayUse[path]!.includes(name))).toEqual([]);
  },
);

test.for(rooms().filter((room) => room.path.startsWith('services/')))(
  '$path knows no other service',
  ({ path, dependencies }) => {
    const services = rooms()
      .filter((room) => room.path.startsWith('services/'))
      .map((room) => room.path.replace('services/', '@ge/'));
    expect(dependencies.filter((name) => services.includes(name))).toEqual([]);
    const foreign = sources(`${path}/**/*.ts`).flatMap((file) =>
      file.imports.filter((name) => /\.\.\/(\.\.\/)*(packages|services)\//.test(name)),
    );
    expect(foreign).toEqual([]);
  },
);

test.for(onlyIn)('%s is imported in %s and nowhere else', ([library, room]) => {
  const elsewhere = sources('{packages,services}/**/*.ts').filter(
    (file) =>
      !file.path.startsWith(`${room}/`) &&
      file.imports.some((name) => name === library || name.startsWith(`${library}/`)),
  );
  expect(elsewhere.map((file) => file.path)).toEqual([]);
});

test.for(sources('packages/domain/src/**/*.ts'))(
  '$path is pure: no clock, no environment, no promise, no machine',
  ({ text, imports }) => {
    expect(imports.filter((name) => name.startsWith('node:'))).toEqual([]);
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    const found = impurities.filter((impurity) => impurity.test(code)).map(String);
    expect(found).toEqual([]);
  },
);

test.for(
  sources('{services,packages/runtime/src}/**/*.ts').filter(
    (file) => !file.path.startsWith('services/carrier-simulator/'),
  ),
)('$path says what it wants of the database in words, not in statements', ({ text }) => {
  expect(text).not.toMatch(/\b(tx|database)\.(query|select)\b/);
  expect(text).not.toMatch(/[`'"]\s*(select\s+[\w*(]|insert\s+into|update\s+\w+\s+set|delete\s+from|with\s+\w+\s+as)/i);
});
