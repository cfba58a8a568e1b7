import { constants } from 'node:fs';
import { lstat, open, rm } from 'node:fs/promises';
import { FormatError } from '@chainrule/errors';
import { IdleTimeout } from './limits.ts';
import { TransientError, transientStatus } from './retry.ts';

/** The progress of a download. */
export interface DownloadProgress {
  readonly file: string;
  /** The number of bytes so far, including those of earlier attempts. */
  readonly loaded: number;
  /** The total number of bytes, if the server reports it. */
  readonly total: number | undefined;
}

/** A failure that a retry of the same URL cannot fix. */
export class PermanentError extends Error {
  override name = 'PermanentError';
}

/** An error of the caller's own function. */
export class CallbackError extends Error {
  override name = 'CallbackError';
}

function report(progress: () => void): void {
  try {
    progress();
  } catch (cause) {
    throw new CallbackError('onProgress', { cause });
  }
}

/** The source and the target of a transfer. */
interface PartOptions {
  readonly url: string;
  /** The name of the file in progress reports. */
  readonly file: string;
  /** The path of the partial file. */
  readonly part: string;
  readonly timeout: number;
  readonly maxBytes?: number;
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Downloads the missing part of a file, or the whole file if the server does not support ranges.
 *
 * @returns whether this attempt downloaded the whole file
 * @throws TransientError if a retry may succeed
 * @throws PermanentError if a retry would fail again
 */
export async function loadPart(options: PartOptions): Promise<boolean> {
  const { url, part, signal, timeout } = options;
  const have = await sizeOf(part);
  const idle = new IdleTimeout(timeout);
  let response: Response | undefined;
  try {
    // Compression would change the length of the file and the meaning of byte ranges.
    const headers = { 'accept-encoding': 'identity', ...(have ? { range: `bytes=${have}-` } : {}) };
    response = await fetch(url, { headers, signal: idle.signalWith(signal) });
    const start = startOf(response, have);
    await save(response, start, options, () => idle.reset());
    return start === 0;
  } catch (cause) {
    // An unread body would keep the connection open.
    await response?.body?.cancel().catch(() => undefined);
    signal?.throwIfAborted();
    idle.throwIfExpired();
    const isExpected =
      cause instanceof TransientError || cause instanceof PermanentError || cause instanceof CallbackError;
    if (
      isExpected ||
      (cause as NodeJS.ErrnoException).syscall === 'write' ||
      (cause as NodeJS.ErrnoException).syscall === 'open'
    )
      throw cause;
    const { message, cause: inner } = cause as Error;
    throw new TransientError(`a network error (${inner instanceof Error ? inner.message : message})`, { cause });
  } finally {
    idle.stop();
  }
}

/**
 * The size of the partial file.
 *
 * @throws FormatError if something other than a file is there: a symbolic link could redirect the download to any file, and
 * opening a pipe could block forever
 */
async function sizeOf(part: string): Promise<number> {
  const found = await lstat(part).catch(() => undefined);
  if (!found) return 0;
  if (!found.isFile())
    throw new FormatError(
      `download: expected a file or nothing at ${part}, got ${found.isSymbolicLink() ? 'a symbolic link' : 'something else'}; remove it`,
    );
  return found.size;
}

/** The offset in the file at which the body of a response begins. */
function startOf(response: Response, have: number): number {
  const range = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
  if (response.status === 206 && Number(range?.[1]) === have) return have;
  // Nothing is missing, and the digest shows whether it is right; or the file on the server has changed.
  if (response.status === 416 && have) return have;
  if (response.status === 200) return 0;
  if (response.status === 206) throw new PermanentError('the wrong byte range');
  throw transientStatus(response) ?? new PermanentError(`status ${response.status}`);
}

async function save(response: Response, start: number, options: PartOptions, reset: () => void): Promise<void> {
  const { part, file, onProgress, maxBytes = 2 ** 32 } = options;
  if (response.status === 416) return void (await response.body?.cancel());
  const length = response.headers.get('content-encoding') ? null : response.headers.get('content-length');
  const total = length === null ? undefined : start + Number(length);
  // Windows lacks this flag, but there creating links needs special rights.
  const noLink = constants.O_NOFOLLOW ?? 0;
  const handle = await open(
    part,
    constants.O_WRONLY | constants.O_CREAT | (start ? constants.O_APPEND : constants.O_TRUNC) | noLink,
  );
  let loaded = start;
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      reset();
      loaded += chunk.length;
      if (loaded > maxBytes) break;
      await handle.writeFile(chunk);
      report(() => onProgress?.({ file, loaded, total }));
    }
  } finally {
    await handle.close();
  }
  if (loaded > maxBytes) {
    await rm(part, { force: true });
    throw new PermanentError(`more than ${maxBytes} bytes (\`maxBytes\`)`);
  }
  if (total !== undefined && loaded !== total) throw new TransientError(`${loaded} of ${total} bytes`);
}
