import { closeSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { FormatError, MissingDataError, showValue } from '@chainrule/errors';
import { kindBytes, type PictureKind, pictureKind } from './pictureKind.ts';

/** A file in the folder of a class. */
export interface PictureFile {
  readonly file: string;
  /** The class. */
  readonly label: number;
  /** The format by content; `undefined` if only the ending says that it is a picture. */
  readonly kind: PictureKind | undefined;
}

/** The pictures of a folder and what they show. */
export interface PictureFiles {
  readonly classes: readonly string[];
  readonly pictures: readonly PictureFile[];
}

/** Takes a file that cannot be read. */
type OnProblem = (file: string, reason: string) => void;

const endings = new Set(['.png', '.jpg', '.jpeg', '.gif', '.webp', '.bmp']);

/**
 * Finds the pictures in the folders of a folder, whose names are the classes. Pictures in folders below belong to the
 * class above them. Links are followed; a folder that a link leads to again is read once for each class. Names that
 * begin with a dot, and `__MACOSX`, are left out.
 *
 * @throws MissingDataError if there is no such folder
 */
export function pictureFiles(path: string, onProblem: OnProblem): PictureFiles {
  const classes: string[] = [];
  const pictures: PictureFile[] = [];
  for (const { name, isFolder } of entriesOf(path, onProblem)) {
    if (!isFolder) continue;
    // A link to the whole folder would make pictures of all classes those of one.
    const label = classes.push(name) - 1;
    const folder = join(path, name);
    collect(folder, label, new Set([realpathSync(path), realpathSync(folder)]), pictures, onProblem);
  }
  return { classes, pictures };
}

function collect(
  folder: string,
  label: number,
  seen: Set<string>,
  pictures: PictureFile[],
  onProblem: OnProblem,
): void {
  for (const { name, isFolder } of entriesOf(folder, onProblem)) {
    const file = join(folder, name);
    if (!isFolder) {
      const kind = kindOf(file, onProblem);
      if (kind !== null && (kind || endings.has(extname(name).toLowerCase()))) pictures.push({ file, label, kind });
      continue;
    }
    const real = realpathSync(file);
    if (seen.has(real)) continue;
    seen.add(real);
    collect(file, label, seen, pictures, onProblem);
  }
}

/** Files and folders in a folder, sorted in the same way everywhere. */
function entriesOf(folder: string, onProblem: OnProblem): { readonly name: string; readonly isFolder: boolean }[] {
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch (cause) {
    const got =
      { ENOTDIR: 'a file', EACCES: 'one that may not be read' }[(cause as NodeJS.ErrnoException).code ?? ''] ?? 'none';
    throw new MissingDataError(`imageFolder: expected a folder ${showValue(folder)}, got ${got}`, { cause });
  }
  return names
    .filter((name) => !name.startsWith('.') && name !== '__MACOSX')
    .flatMap((name) => {
      const found = statSync(join(folder, name), { throwIfNoEntry: false });
      if (!found) onProblem(join(folder, name), 'a link to a file that is not there');
      // Sockets and pipes have no content to look at: to open a pipe may wait forever.
      return found?.isFile() || found?.isDirectory() ? [{ name, isFolder: found.isDirectory() }] : [];
    });
}

/** The format of a file; `null` if it cannot be read. */
function kindOf(file: string, onProblem: OnProblem): PictureKind | undefined | null {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const start = new Uint8Array(kindBytes);
    return pictureKind(start.subarray(0, readSync(handle, start)));
  } catch (error) {
    onProblem(file, (error as Error).message);
    return null;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** Refuses a file with its reason. */
export function failFile(file: string, reason: string): never {
  throw new FormatError(
    `imageFolder: ${file}: expected a picture, got ${reason}; remove it, or skip such files by \`onError: 'skip'\``,
  );
}
