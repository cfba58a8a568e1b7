import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { aPath } from '@chainrule/errors/check';

/** The maximum number of symbolic links to follow, as on Linux. */
const maxLinks = 40;

/**
 * Resolves symbolic links in a path, even if the file does not exist yet. Synchronous, so that concurrent calls keep their
 * order.
 *
 * @param path - a relative path is resolved from the working directory
 * @example
 * realPath('/there/is/no/such/file'); // => /there/is/no/such/file
 */
export function realPath(path: string): string {
  aPath('realPath', 'path', path);
  return follow(path, maxLinks);
}

function follow(path: string, links: number): string {
  const full = resolve(path);
  try {
    return realpathSync(full);
  } catch {
    const target = links > 0 ? targetOf(full) : undefined;
    const folder = dirname(full);
    if (target !== undefined) return follow(resolve(follow(folder, links - 1), target), links - 1);
    return folder === full ? full : join(follow(folder, links), basename(full));
  }
}

/** The target of a symbolic link. */
function targetOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
