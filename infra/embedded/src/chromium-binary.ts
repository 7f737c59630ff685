import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { libraryFolders, unpackDebian } from './debian-packages.ts';
import { SetupProblem } from './setup-problem.ts';
import { canRun } from './unix-user.ts';

export interface ChromiumBinary {
  readonly program: string;
  /** Environment it needs to find its libraries and fonts. */
  readonly env: NodeJS.ProcessEnv;
}

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * A Chromium that runs here, for the tests of pages: the one on the PATH, else Debian's packages unpacked into `toolsDir`.
 * @throws SetupProblem naming the way out
 */
export async function chromiumBinary(
  toolsDir: string,
  env: NodeJS.ProcessEnv,
  onProgress: (line: string) => void,
): Promise<ChromiumBinary> {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const program of folders.flatMap((folder) => names.map((name) => join(folder, name)))) {
    if (existsSync(program) && runs({ program, env })) return { program, env };
  }
  const tree = join(toolsDir, 'chromium');
  if (!existsSync(tree)) await fetchInto(tree, env, onProgress);
  if (existsSync(tree) && runs(binaryIn(tree, env))) return binaryIn(tree, env);
  throw new SetupProblem(
    'There is no Chromium on the PATH, and none could be fetched',
    'Install one (Debian: apt-get install chromium).',
  );
}

async function fetchInto(tree: string, env: NodeJS.ProcessEnv, onProgress: (line: string) => void): Promise<void> {
  const debianChromium = { name: 'chromium', knownNeeds: ['chromium-common'] };
  await unpackDebian(debianChromium, tree, (draft) => runs(binaryIn(draft, env)), onProgress).catch(() => undefined);
}

function binaryIn(tree: string, env: NodeJS.ProcessEnv): ChromiumBinary {
  const folder = join(tree, 'usr', 'lib', 'chromium');
  const LD_LIBRARY_PATH = [folder, ...libraryFolders(tree)].join(':');
  return { program: join(folder, 'chromium'), env: { ...env, LD_LIBRARY_PATH, FONTCONFIG_FILE: fontSettings(tree) } };
}

const runs = ({ program, env }: ChromiumBinary): boolean => canRun(undefined, program, env);

/** Fonts of the tree and of the machine; the settings that Debian ships name the machine's own folders only. */
function fontSettings(tree: string): string {
  const file = join(tree, 'fonts.conf');
  const folders = [join(tree, 'usr', 'share', 'fonts'), '/usr/share/fonts'];
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>${folders.map((folder) => `<dir>${folder}</dir>`).join('')}<cachedir>${join(tree, 'font-cache')}</cachedir></fontconfig>
`;
  // Written where the tree lies now: it was unpacked elsewhere and then moved.
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  return file;
}
