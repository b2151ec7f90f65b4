import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Plugin } from 'vite';

/** Where the notices are, beside the console's page. */
const FILE = 'third-party-licences.txt';

/** Those that ask for no notice, and so come without a file at times. */
const WITHOUT_NOTICE = new Set(['Unlicense', '0BSD', 'CC0-1.0', 'MIT-0']);

const Manifest = Type.Object({ name: Type.String(), version: Type.String(), license: Type.String() });

/** Writes what the licences of packages ask for: each one's own file, of those that the build put into the console. */
export function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    async generateBundle(_, bundle) {
      const folders = new Set<string>();
      for (const part of Object.values(bundle)) {
        if (part.type !== 'chunk') continue;
        for (const module of part.moduleIds) {
          const folder = packageFolder(module);
          if (folder !== null) folders.add(folder);
        }
      }
      const notices = await Promise.all([...folders].sort().map(async (folder) => noticeOf(folder)));
      this.emitFile({ type: 'asset', fileName: FILE, source: notices.join(`${'-'.repeat(80)}\n\n`) });
    },
  };
}

/** The folder of the package that a module is of; null for the console's own. */
function packageFolder(module: string): string | null {
  return /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(module)?.[1] ?? null;
}

/** @throws Error where a package lacks the file that its licence asks for: what to say is for a person to find out */
async function noticeOf(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'package.json'), 'utf8');
  const { name, version, license } = Value.Parse(Manifest, JSON.parse(text));
  const files = (await readdir(folder))
    .filter((file) => /^(?:licen[cs]e|notice|copying)\b/i.test(file))
    .sort();
  if (files.length === 0 && !WITHOUT_NOTICE.has(license))
    throw new Error(`${name}, which is bundled, has no licence file`);
  const notices = await Promise.all(files.map(async (file) => readFile(join(folder, file), 'utf8')));
  return [`${name} ${version} (${license})`, ...notices.map((notice) => notice.trim()), ''].join('\n\n');
}
