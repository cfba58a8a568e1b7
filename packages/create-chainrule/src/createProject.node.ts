import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StateError } from '@chainrule/errors';
import type { Target } from './target.node.ts';
import type { Template } from './templates.ts';

/** The root of this package, seen from `src` and from `dist`. */
const home = fileURLToPath(new URL('..', import.meta.url));

interface Manifest {
  name?: string;
  version?: string;
  scripts?: Readonly<Record<string, string>>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const own = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Required<Manifest>;
/** The version of this package. It is that of `chainrule`, too. */
export const version: string = own.version;

/** The files of a new project, by their paths with `/`. */
export type Files = ReadonlyMap<string, string | Uint8Array>;

/** The files of a template, for a project of this name. */
export function filesOf(template: Template, name: string): Files {
  const folder = join(home, 'templates', template);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return new Map(
    paths.map((path) => {
      const bytes = readFileSync(join(folder, path));
      const to = path.replaceAll('\\', '/');
      // npm packs no `.gitignore`.
      if (to === '_gitignore') return ['.gitignore', bytes];
      return [to, to === 'package.json' ? manifestFor(bytes.toString(), name) : bytes];
    }),
  );
}

/** The manifest with its name, and with the versions that this package was tested with. */
function manifestFor(text: string, name: string): string {
  const manifest = JSON.parse(text) as Manifest;
  for (const dependencies of [manifest.dependencies ?? {}, manifest.devDependencies ?? {}])
    for (const tool of Object.keys(dependencies))
      dependencies[tool] = tool === 'chainrule' ? `^${version}` : own.devDependencies[tool]!;
  return `${JSON.stringify({ name, ...manifest }, null, 2)}\n`;
}

/** The script of a template that shows it. */
export function scriptOf(files: Files): 'start' | 'dev' {
  const { scripts = {} } = JSON.parse(String(files.get('package.json'))) as Manifest;
  return scripts['start'] ? 'start' : 'dev';
}

/**
 * Writes files into a folder, and overwrites none. If one cannot be written, those before it are removed again.
 *
 * @throws StateError if a file cannot be written
 */
export function createProject({ folder }: Pick<Target, 'folder'>, files: Files): void {
  const made: (() => void)[] = [];
  try {
    for (const [path, content] of files) {
      const file = join(folder, path);
      makeFolder(dirname(file), made);
      // Opening it may succeed where writing fails, as on a full disk.
      writeFileSync(file, '', { flag: 'wx' });
      made.push(() => rmSync(file));
      writeFileSync(file, content);
    }
  } catch (error) {
    for (const undo of made.reverse()) attempt(undo);
    throw new StateError(
      `create-chainrule: ${reasonOf(error as NodeJS.ErrnoException)}. Nothing was left in ${folder}`,
    );
  }
}

/** Makes a folder, and those above it that are missing; adds what removes them again, while they are empty. */
function makeFolder(folder: string, made: (() => void)[]): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder), made);
  mkdirSync(folder);
  made.push(() => rmdirSync(folder));
}

function attempt(undo: () => void): void {
  try {
    undo();
  } catch {
    // The first error is the one to tell.
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space, or choose a folder on another disk',
  EDQUOT: 'your quota of disk space is used up; free some space',
  EACCES: 'the folder may not be written; choose another, or change its permissions',
  EPERM: 'the folder may not be written; choose another, or change its permissions',
  EROFS: 'the disk may only be read; choose a folder on another disk',
};

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  const reason = reasons[code ?? ''];
  return reason ? `${reason} (${message})` : message;
}
