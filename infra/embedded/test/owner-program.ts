import { openFleetServers, passingFolder } from '../src/index.ts';

// Opens servers in a passing folder (or, with a third word, in that very folder), says so and stays until it is killed.
const [state = '', toolsDir = '', dataDir] = process.argv.slice(2);
const folder = dataDir ?? (await passingFolder(state, 'owner')).path;
const servers = await openFleetServers({
  dataDir: folder,
  toolsDir,
  only: ['postgres', 'redis'],
  durable: false,
  env: { PATH: process.env.PATH },
});
const about = (server: { pid: number; port: number } | undefined) => ({ pid: server?.pid, port: server?.port });
console.log(JSON.stringify({ dataDir: folder, postgres: about(servers.postgres), redis: about(servers.redis) }));
