import { closeSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { FormatError, MissingDataError, showValue } from '@chainrule/errors';
import { kindBytes, type ImageKind, imageKind } from './imageKind.ts';

/** A file in the folder of a class. */
export interface ImageFile {
  readonly file: string;
  /** The class of the image. */
  readonly label: number;
  /** The format by content; `undefined` if only the extension tells that it is an image. */
  readonly kind: ImageKind | undefined;
}

/** The images of a folder and their classes. */
export interface ImageFiles {
  readonly classes: readonly string[];
  readonly images: readonly ImageFile[];
}

/** Called for a file that cannot be read. */
type OnProblem = (file: string, reason: string) => void;

const endings = new Set(['.png', '.jpg', '.jpeg', '.gif', '.webp', '.bmp']);

/**
 * Finds the images in the subfolders of a folder. The names of the subfolders are the classes; images in deeper folders
 * belong to the class above them. Follows links, but reads each folder only once per class. Skips `__MACOSX` and names that
 * begin with a dot.
 *
 * @throws MissingDataError if the folder does not exist
 */
export function imageFiles(path: string, onProblem: OnProblem): ImageFiles {
  const classes: string[] = [];
  const images: ImageFile[] = [];
  for (const { name, isFolder } of entriesOf(path, onProblem)) {
    if (!isFolder) continue;
    // A link to the whole folder would put the images of all classes into one.
    const label = classes.push(name) - 1;
    const folder = join(path, name);
    collect(folder, label, new Set([realpathSync(path), realpathSync(folder)]), images, onProblem);
  }
  return { classes, images };
}

function collect(folder: string, label: number, seen: Set<string>, images: ImageFile[], onProblem: OnProblem): void {
  for (const { name, isFolder } of entriesOf(folder, onProblem)) {
    const file = join(folder, name);
    if (!isFolder) {
      const kind = kindOf(file, onProblem);
      if (kind !== null && (kind || endings.has(extname(name).toLowerCase()))) images.push({ file, label, kind });
      continue;
    }
    const real = realpathSync(file);
    if (seen.has(real)) continue;
    seen.add(real);
    collect(file, label, seen, images, onProblem);
  }
}

/** The entries of a folder, sorted in the same order on all platforms. */
function entriesOf(folder: string, onProblem: OnProblem): { readonly name: string; readonly isFolder: boolean }[] {
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch (cause) {
    const got =
      { ENOTDIR: 'a file', EACCES: 'no permission to read it' }[(cause as NodeJS.ErrnoException).code ?? ''] ?? 'none';
    throw new MissingDataError(`imageFolder: expected a folder ${showValue(folder)}, got ${got}`, { cause });
  }
  return names
    .filter((name) => !name.startsWith('.') && name !== '__MACOSX')
    .flatMap((name) => {
      const found = statSync(join(folder, name), { throwIfNoEntry: false });
      if (!found) onProblem(join(folder, name), 'a broken link');
      // Skip sockets and pipes: opening a pipe may block forever.
      return found?.isFile() || found?.isDirectory() ? [{ name, isFolder: found.isDirectory() }] : [];
    });
}

/** The format of a file; `null` if it cannot be read. */
function kindOf(file: string, onProblem: OnProblem): ImageKind | undefined | null {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const start = new Uint8Array(kindBytes);
    return imageKind(start.subarray(0, readSync(handle, start)));
  } catch (error) {
    onProblem(file, (error as Error).message);
    return null;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** Throws an error about a file. */
export function failFile(file: string, reason: string): never {
  throw new FormatError(
    `imageFolder: ${file}: expected an image, got ${reason}; remove it, or skip such files by \`onError: 'skip'\``,
  );
}
