import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, sep } from 'node:path';
import { FormatError, MissingDataError } from '@chainrule/errors';
import { aFunction, checkOptions, type Checks, checkThat, listOf } from '@chainrule/errors/check';
import { withLock } from '@chainrule/files';
import { cacheFolder } from './cacheFolder.node.ts';
import { fromZero, someText } from '../checks.ts';
import { aDigest, aUrl, type FilledLimits, limitChecks, limitsOf, type TransferLimits, withinTime } from './limits.ts';
import { Callback, type DownloadProgress, Gone, loadPart } from './loadPart.node.ts';
import { retry, Transient } from './retry.ts';

/** Options of {@link download} that do not say what to load. */
export interface TransferOptions extends TransferLimits {
  /** The folder of downloads; by default {@link cacheFolder}. */
  readonly cacheDir?: string;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

export const transferChecks: Checks<TransferOptions> = { ...limitChecks, cacheDir: someText, onProgress: aFunction };

/** Options of {@link download}. */
export interface DownloadOptions extends TransferOptions {
  /** Addresses of the file. If one fails, the next is tried. */
  readonly urls: readonly string[];
  /** The digest of the file in lower-case hexadecimal. */
  readonly sha256: string;
  /** The path of the file within the folder of downloads. */
  readonly file: string;
  /** The most bytes that may come; by default 4 GiB. */
  readonly maxBytes?: number;
}

const addresses = listOf('a list of at least one address', aUrl);

const downloadChecks: Checks<DownloadOptions> = {
  ...transferChecks,
  urls: (op, name, value) => addresses(op, name, Array.isArray(value) && value.length === 0 ? undefined : value),
  sha256: aDigest,
  file: checkThat(
    'a path within the folder',
    (file) =>
      typeof file === 'string' &&
      !file.includes('\0') &&
      !isAbsolute(file) &&
      normalize(file) !== '.' &&
      !/[\\/]$/.test(file) &&
      !normalize(file).split(sep).includes('..'),
  ),
  maxBytes: fromZero,
};

/**
 * Downloads a file into the folder of downloads, unless it is there with the right digest. Interrupted downloads resume if
 * the server supports it. The file gets its name once its SHA-256 is right. Processes that download the same file wait for
 * each other.
 *
 * @returns the path of the file
 * @throws MissingDataError if no address gives the file within `totalTimeout`, or the disk is full
 * @throws FormatError if the digest of what they give is another, or something other than a file stands where the parts go
 * @throws OptionError for an option out of range
 * @example
 * const problem = await download({ urls: [], sha256: '0'.repeat(64), file: 'x' }).catch((error: Error) => error.name);
 * problem; // => OptionError
 */
export async function download(options: DownloadOptions): Promise<string> {
  checkOptions('download', options, downloadChecks, 'urls', 'sha256', 'file');
  const { sha256, file, cacheDir = cacheFolder(), maxBytes = 2 ** 32 } = options;
  const limits = limitsOf(options);
  const path = join(cacheDir, file);
  if ((await digestOf(path)) === sha256) return path;
  try {
    return await withinTime('download', file, limits, async (signal) => {
      await mkdir(dirname(path), { recursive: true });
      return withLock(`${path}.lock`, () => load(path, { ...options, ...limits, maxBytes, signal }), signal);
    });
  } catch (cause) {
    if (cause instanceof Callback) throw cause.cause;
    const { code } = cause as NodeJS.ErrnoException;
    const problem = problems[code ?? ''];
    if (!problem) throw cause;
    if (code === 'ENOSPC' || code === 'EDQUOT') await rm(`${path}.part`, { force: true });
    throw new MissingDataError(
      `download: expected room for ${path}, got ${problem}; make room, or name another folder by \`cacheDir\` or CHAINRULE_CACHE`,
      { cause },
    );
  }
}

/** What the disk says. */
const problems: Readonly<Record<string, string>> = {
  ENOSPC: 'a full disk',
  EDQUOT: 'a full quota',
  EACCES: 'no right to write',
  EROFS: 'a disk that is read-only',
  ENOTDIR: 'a file in place of a folder',
  EEXIST: 'a file in place of a folder',
  EISDIR: 'a folder in place of the file',
  ELOOP: 'a symbolic link',
  ENAMETOOLONG: 'a name that is too long',
};

async function load(
  path: string,
  options: DownloadOptions & FilledLimits & { readonly signal: AbortSignal },
): Promise<string> {
  const { urls, sha256, file, retries, retryDelay, signal } = options;
  // Another process may have been faster.
  if ((await digestOf(path)) === sha256) return path;
  const part = `${path}.part`;
  const left = new Set(urls);
  const problems = new Map<string, string>();
  const attempt = async (index: number): Promise<void> => {
    for (;;) {
      const url = [...left][index % left.size]!;
      try {
        const isWhole = await loadPart({ ...options, url, part });
        const found = await digestOf(part);
        if (found === sha256) return;
        await rm(part, { force: true });
        problems.set(url, `SHA-256 ${found}`);
        // The beginning may be from another attempt, so that this address deserves a fresh one.
        if (!isWhole) throw new Transient(`SHA-256 ${found}`);
      } catch (error) {
        if (!(error instanceof Gone)) {
          if (error instanceof Transient) problems.set(url, error.message);
          throw error;
        }
        problems.set(url, error.message);
      }
      left.delete(url);
      if (!left.size) throw new Gone('no address is left');
    }
  };
  try {
    await retry(attempt, { retries, delay: retryDelay, signal });
  } catch (cause) {
    if (!(cause instanceof Gone || cause instanceof Transient)) throw cause;
    const got = [...problems].map(([url, problem]) => `${problem} from ${url}`).join(', ');
    const isWrong = [...problems.values()].some((problem) => problem.startsWith('SHA-256'));
    const hint = `get the file in another way and put it at ${path}`;
    if (isWrong)
      throw new FormatError(
        `download: expected ${file} with SHA-256 ${sha256}, got ${got}; the file has changed or was damaged on its way: try again later, or ${hint}`,
        { cause },
      );
    throw new MissingDataError(`download: expected ${file}, got ${got}; look at the network, or ${hint}`, { cause });
  }
  await rename(part, path);
  return path;
}

/** The digest of a file in hexadecimal; undefined if there is none. */
async function digestOf(path: string): Promise<string | undefined> {
  if (
    !(await stat(path).then(
      (found) => found.isFile(),
      () => false,
    ))
  )
    return undefined;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
