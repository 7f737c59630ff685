import { createServer } from 'node:http';

// A service as the fleet knows it, as small as can be. FIXTURE says what is special about it.
const special = process.env.FIXTURE ?? '';
if (special === 'cannot-start') {
  console.error('config: FIXTURE_URL is missing');
  process.exit(1);
}
const log = (msg: string) => console.log(JSON.stringify({ level: 30, time: Date.now(), msg, pid: process.pid }));

const health = createServer((request, response) => {
  const ready = request.url === '/ready' || request.url === '/live';
  response.writeHead(ready ? 200 : 404).end();
});
health.listen(Number(process.env.HEALTH_PORT), '127.0.0.1', () => log('listening'));

process.on('SIGTERM', () => {
  if (special === 'deaf') return;
  log('stopping');
  health.close();
  health.closeAllConnections();
});
log(`database ${process.env.DATABASE_URL} peer ${process.env.PEER_URL ?? ''}`);
