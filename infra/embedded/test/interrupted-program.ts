import { endEverything, isEnding, openFleetServers, type ServerName } from '../src/index.ts';

// Opens one server and gives up at SIGTERM as the commands do. The environment it looks for servers in has no
// redis-server: one is fetched with the apt-get of its own PATH.
const [dataDir = '', toolsDir = '', only = ''] = process.argv.slice(2);
process.on('SIGTERM', () => void endEverything().then(() => process.exit(143)));
const env = { PATH: '/nonexistent' };
await openFleetServers({ dataDir, toolsDir, only: [only as ServerName], durable: false, env }).catch((error) => {
  // What fails because everything is being ended says nothing.
  if (!isEnding()) throw error;
});
