import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type Plugin, rolldown } from 'rolldown';

/** Packages that look for files or native code beside their own: they stay where they are. */
const unlinked = /^(@bull-board\/.*|express|msgpackr|pino)$/;

const leaveUnlinked: Plugin = {
  name: 'leave-unlinked',
  resolveId: {
    filter: { id: unlinked },
    // By its file: from where the linked files lie no package would be found by its name.
    handler: (source, importer, { kind }) => {
      if (!importer) return undefined;
      const file = createRequire(importer).resolve(source);
      // An import names files by their addresses, in which a space or a # would mean something else.
      return { id: kind === 'require-call' ? file : pathToFileURL(file).href, external: true };
    },
  },
};

/** Whoever looks beside itself for a file goes on looking where it was written. */
const keepPlaces: Plugin = {
  name: 'keep-places',
  transform: {
    filter: { code: /\bimport\.meta\.url\b/ },
    handler: (code, id) =>
      id.startsWith('/')
        ? code.replaceAll(/\bimport\.meta\.url\b/g, JSON.stringify(pathToFileURL(id).href))
        : undefined,
  },
};

/**
 * Links each entry with all it imports; what several have in common lies in files of its own.
 * @param project what sources are told by
 * @param entries name → file
 * @returns the files that were read, those of packages included: of some nothing is left but a value that was written in elsewhere
 * @throws what the linker has to say about a file that it cannot read or resolve
 */
export async function link(
  project: string,
  entries: Readonly<Record<string, string>>,
  folder: string,
): Promise<readonly string[]> {
  const bundle = await rolldown({
    cwd: project,
    input: { ...entries },
    platform: 'node',
    plugins: [leaveUnlinked, keepPlaces],
    logLevel: 'silent',
  });
  try {
    await bundle.write({
      dir: folder,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'shared/[name]-[hash].js',
    });
    return (await bundle.watchFiles).filter((file) => file.startsWith('/'));
  } finally {
    await bundle.close();
  }
}
