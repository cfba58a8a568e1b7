import { constants } from 'node:fs';
import { lstat, open, rm } from 'node:fs/promises';
import { FormatError } from '@chainrule/errors';
import { Silence } from './limits.ts';
import { Transient, transientStatus } from './retry.ts';

/** How a download goes. */
export interface DownloadProgress {
  readonly file: string;
  /** Bytes so far, with those of an earlier attempt. */
  readonly loaded: number;
  /** Bytes in all, where the server tells. */
  readonly total: number | undefined;
}

/** What an address will not give the next time either. */
export class Gone extends Error {
  override name = 'Gone';
}

/** What the caller's own function threw. */
export class Callback extends Error {
  override name = 'Callback';
}

function report(progress: () => void): void {
  try {
    progress();
  } catch (cause) {
    throw new Callback('onProgress', { cause });
  }
}

/** What to load from where. */
interface PartOptions {
  readonly url: string;
  /** What progress reports call the file. */
  readonly file: string;
  /** The file that grows. */
  readonly part: string;
  readonly timeout: number;
  readonly maxBytes?: number;
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Loads what a file lacks, or all of it where the server does not give parts.
 *
 * @returns whether the whole file came in this attempt
 * @throws Transient for what may go better the next time
 * @throws Gone for what will not
 */
export async function loadPart(options: PartOptions): Promise<boolean> {
  const { url, part, signal, timeout } = options;
  const have = await sizeOf(part);
  const silence = new Silence(timeout);
  let response: Response | undefined;
  try {
    // Packed on its way, a file would have another length, and parts would be parts of something else.
    const headers = { 'accept-encoding': 'identity', ...(have ? { range: `bytes=${have}-` } : {}) };
    response = await fetch(url, { headers, signal: silence.with(signal) });
    const start = startOf(response, have);
    await save(response, start, options, () => silence.heard());
    return start === 0;
  } catch (cause) {
    // An unread body would keep the connection open.
    await response?.body?.cancel().catch(() => undefined);
    signal?.throwIfAborted();
    silence.throwIfSilent();
    const isOurs = cause instanceof Transient || cause instanceof Gone || cause instanceof Callback;
    if (
      isOurs ||
      (cause as NodeJS.ErrnoException).syscall === 'write' ||
      (cause as NodeJS.ErrnoException).syscall === 'open'
    )
      throw cause;
    const { message, cause: inner } = cause as Error;
    throw new Transient(`a network error (${inner instanceof Error ? inner.message : message})`, { cause });
  } finally {
    silence.stop();
  }
}

/**
 * How many bytes are there of an earlier attempt.
 *
 * @throws FormatError if something else stands there: through a link, the download would write to any file, and a pipe
 * would wait forever
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

/** Where the bytes of an answer begin. */
function startOf(response: Response, have: number): number {
  const range = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
  if (response.status === 206 && Number(range?.[1]) === have) return have;
  // Nothing is missing, and the digest says whether it is right; or there is another file by now.
  if (response.status === 416 && have) return have;
  if (response.status === 200) return 0;
  if (response.status === 206) throw new Gone(`another part than was asked for`);
  throw transientStatus(response) ?? new Gone(`status ${response.status}`);
}

async function save(response: Response, start: number, options: PartOptions, heard: () => void): Promise<void> {
  const { part, file, onProgress, maxBytes = 2 ** 32 } = options;
  if (response.status === 416) return void (await response.body?.cancel());
  const length = response.headers.get('content-encoding') ? null : response.headers.get('content-length');
  const total = length === null ? undefined : start + Number(length);
  // Windows has no such flag, and links need rights there.
  const noLink = constants.O_NOFOLLOW ?? 0;
  const handle = await open(
    part,
    constants.O_WRONLY | constants.O_CREAT | (start ? constants.O_APPEND : constants.O_TRUNC) | noLink,
  );
  let loaded = start;
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      heard();
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
    throw new Gone(`more than ${maxBytes} bytes (\`maxBytes\`)`);
  }
  if (total !== undefined && loaded !== total) throw new Transient(`${loaded} of ${total} bytes`);
}
