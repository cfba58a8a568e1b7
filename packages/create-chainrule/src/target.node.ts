import { readdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { OptionError, showValue } from '@chainrule/errors';
import validate from 'validate-npm-package-name';

/** Where a project goes, and its name. */
export interface Target {
  readonly folder: string;
  readonly name: string;
}

/**
 * Checks that a folder can become a project: it is new or empty, and npm accepts its name. The `.git` folder of a new
 * repository may be in it.
 *
 * @param cwd - what a relative path starts from
 * @throws OptionError otherwise
 */
export function targetOf(path: string, cwd: string): Target {
  const folder = resolve(cwd, path);
  const name = basename(folder);
  const { validForNewPackages, errors = [], warnings = [] } = validate(name);
  if (!validForNewPackages)
    throw new OptionError(
      `create-chainrule: \`folder\` must end in a name that npm accepts, got ${showValue(name)}: ${[...errors, ...warnings].join(', ')}; ${remedy(name)}`,
    );
  const found = contentOf(folder);
  if (found.length)
    throw new OptionError(
      `create-chainrule: \`folder\` must be new or empty, got ${showValue(path)}, which holds ${listed(found)}; choose another folder. Nothing was written`,
    );
  return { folder, name };
}

/** A similar name that npm accepts, if there is one. */
function remedy(name: string): string {
  const similar = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '');
  return [similar, `${similar}-app`].some((other) => validate(other).validForNewPackages)
    ? `try ${validate(similar).validForNewPackages ? similar : `${similar}-app`}`
    : 'choose another folder, such as my-app';
}

/** What is in a folder, except for a new repository; nothing if there is no such folder. */
function contentOf(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => file !== '.git');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR')
      throw new OptionError(
        `create-chainrule: \`folder\` must be a folder, got ${showValue(folder)}, which is a file or is below one; choose another folder`,
      );
    throw new OptionError(`create-chainrule: \`folder\` must be a folder that can be read, got ${message}`);
  }
}

const listed = (found: readonly string[]): string =>
  found.length > 3 ? `${found.slice(0, 3).join(', ')} and ${found.length - 3} more` : found.join(', ');
