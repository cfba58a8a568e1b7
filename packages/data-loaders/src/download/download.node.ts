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
import { CallbackError, type DownloadProgress, PermanentError, loadPart } from './loadPart.node.ts';
import { retry, TransientError } from './retry.ts';

/** Options of {@link download} for limits, progress and the cache. */
export interface TransferOptions extends TransferLimits {
  /** The cache folder; by default {@link cacheFolder}. */
  readonly cacheDir?: string;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

export const transferChecks: Checks<TransferOptions> = { ...limitChecks, cacheDir: someText, onProgress: aFunction };

/** Options of {@link download}. */
export interface DownloadOptions extends TransferOptions {
  /** URLs of the file, in the order in which to try them. */
  readonly urls: readonly string[];
  /** The SHA-256 of the file in lowercase hexadecimal. */
  readonly sha256: string;
  /** The path of the file within the cache folder. */
  readonly file: string;
  /** The greatest size of the file in bytes; by default 4 GiB. */
  readonly maxBytes?: number;
}

const urlList = listOf('a list of at least one URL', aUrl);

const downloadChecks: Checks<DownloadOptions> = {
  ...transferChecks,
  urls: (op, name, value) => urlList(op, name, Array.isArray(value) && value.length === 0 ? undefined : value),
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
 * Downloads a file into the cache folder, unless it is there already with the right SHA-256. Interrupted downloads resume if
 * the server supports it. The file appears under its name only after verification. Processes that download the same file
 * wait for each other.
 *
 * @returns the path of the file
 * @throws MissingDataError if no URL delivers the file within `totalTimeout`, or the disk is full
 * @throws FormatError if the SHA-256 differs, or something other than a file is at the path of the partial download
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
    if (cause instanceof CallbackError) throw cause.cause;
    const { code } = cause as NodeJS.ErrnoException;
    const problem = problems[code ?? ''];
    if (!problem) throw cause;
    if (code === 'ENOSPC' || code === 'EDQUOT') await rm(`${path}.part`, { force: true });
    throw new MissingDataError(
      `download: expected to write ${path}, got ${problem}; make room, or set another folder by \`cacheDir\` or CHAINRULE_CACHE`,
      { cause },
    );
  }
}

/** Descriptions of file-system errors. */
const problems: Readonly<Record<string, string>> = {
  ENOSPC: 'a full disk',
  EDQUOT: 'an exceeded quota',
  EACCES: 'no permission',
  EROFS: 'a read-only file system',
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
  // Another process may have completed the download meanwhile.
  if ((await digestOf(path)) === sha256) return path;
  const part = `${path}.part`;
  const remaining = new Set(urls);
  const problems = new Map<string, string>();
  const attempt = async (index: number): Promise<void> => {
    for (;;) {
      const url = [...remaining][index % remaining.size]!;
      try {
        const isWhole = await loadPart({ ...options, url, part });
        const found = await digestOf(part);
        if (found === sha256) return;
        await rm(part, { force: true });
        problems.set(url, `SHA-256 ${found}`);
        // The partial file may come from another attempt, so try this URL again from the start.
        if (!isWhole) throw new TransientError(`SHA-256 ${found}`);
      } catch (error) {
        if (!(error instanceof PermanentError)) {
          if (error instanceof TransientError) problems.set(url, error.message);
          throw error;
        }
        problems.set(url, error.message);
      }
      remaining.delete(url);
      if (!remaining.size) throw new PermanentError('no URL is left');
    }
  };
  try {
    await retry(attempt, { retries, delay: retryDelay, signal });
  } catch (cause) {
    if (!(cause instanceof PermanentError || cause instanceof TransientError)) throw cause;
    const got = [...problems].map(([url, problem]) => `${problem} from ${url}`).join(', ');
    const isWrong = [...problems.values()].some((problem) => problem.startsWith('SHA-256'));
    const hint = `put the file at ${path} yourself`;
    if (isWrong)
      throw new FormatError(
        `download: expected ${file} with SHA-256 ${sha256}, got ${got}; the file has changed or was damaged in transit; try again later, or ${hint}`,
        { cause },
      );
    throw new MissingDataError(`download: expected ${file}, got ${got}; check the network, or ${hint}`, { cause });
  }
  await rename(part, path);
  return path;
}

/** The SHA-256 of a file in hexadecimal, or undefined if the file does not exist. */
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
