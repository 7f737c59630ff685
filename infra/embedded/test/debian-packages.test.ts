import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openFleetServers, SetupProblem } from '../src/index.ts';
import { testFolder } from './folder.ts';

test('a fetched redis-server that does not run here is not kept, so that a later run may fetch a better one', async () => {
  const folder = testFolder();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const stub = (name: string, line: string) => writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  stub('apt-get', 'case "$*" in *download*) : >redis-server.deb ;; esac');
  stub('dpkg-deb', 'mkdir -p "$3/usr/bin" && printf "#!/bin/sh\\nexit 1\\n" >"$3/usr/bin/redis-server"');
  vi.stubEnv('PATH', `${bin}:/usr/bin:/bin`);
  onTestFinished(() => void vi.unstubAllEnvs());
  const toolsDir = join(folder, 'tools');
  const env = { PATH: '/nonexistent' };
  const opening = openFleetServers({ dataDir: join(folder, 'fleet'), toolsDir, only: ['redis'], env });
  await expect(opening).rejects.toThrow(SetupProblem);
  expect(existsSync(join(toolsDir, 'redis'))).toBe(false);
  expect(readdirSync(join(toolsDir, 'run'))).toEqual([]);
});
