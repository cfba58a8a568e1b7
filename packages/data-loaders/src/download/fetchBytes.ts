import { FormatError, MissingDataError } from '@chainrule/errors';
import { aFunction, checkOptions } from '@chainrule/errors/check';
import { concatBytes } from '../archives/inflate.ts';
import { fromZero, someText } from '../checks.ts';
import { aDigest, aUrl, limitChecks, limitsOf, IdleTimeout, type TransferLimits, withinTime } from './limits.ts';
import { retry, TransientError, transientStatus } from './retry.ts';

/** Options of {@link fetchBytes}. */
export interface FetchBytesOptions extends TransferLimits {
  /** The SHA-256 of the bytes in hexadecimal; without it, nothing is verified. */
  readonly sha256?: string;
  /** The name of the browser's cache, by default `chainrule`; `false` disables it. */
  readonly cache?: string | false;
  /** The greatest number of bytes; by default 1 GiB. */
  readonly maxBytes?: number;
  /** Called with the number of bytes so far and, if the server reports it, the total. */
  readonly onProgress?: (loaded: number, total: number | undefined) => void;
}

/**
 * Fetches a file, verifies its SHA-256, and keeps it in the browser's `Cache` if available. In Node, `download` of
 * `@chainrule/data-loaders/node` caches files in a folder and resumes interrupted downloads.
 *
 * @throws MissingDataError if the server does not deliver the file within `totalTimeout`
 * @throws FormatError if the SHA-256 differs, or the file has more than `maxBytes`
 * @throws OptionError for an option out of range, or an invalid URL
 * @example
 * const bytes = await fetchBytes('data:text/plain,seven', { cache: false });
 * new TextDecoder().decode(bytes); // => seven
 */
export async function fetchBytes(url: string, options: FetchBytesOptions = {}): Promise<Uint8Array> {
  aUrl('fetchBytes', 'url', url);
  checkOptions('fetchBytes', options, {
    ...limitChecks,
    sha256: aDigest,
    cache: (op, name, value) => value === false || someText(op, name, value),
    maxBytes: fromZero,
    onProgress: aFunction,
  });
  const { sha256, cache = 'chainrule', maxBytes = 2 ** 30, onProgress } = options;
  const limits = limitsOf(options);
  // A browser may refuse to open a cache.
  const store = cache !== false && 'caches' in globalThis ? await caches.open(cache).catch(() => undefined) : undefined;
  const kept = await store?.match(url);
  if (kept) {
    const bytes = new Uint8Array(await kept.arrayBuffer());
    if (!sha256 || (await digestOf(bytes)) === sha256) return bytes;
    await store!.delete(url);
  }
  const { retries, retryDelay, timeout } = limits;
  const bytes = await withinTime('fetchBytes', url, limits, (signal) =>
    retry(() => load(url, { maxBytes, timeout, onProgress, signal }), { retries, delay: retryDelay, signal }),
  ).catch((error: unknown) => {
    if (!(error instanceof TransientError)) throw error;
    throw new MissingDataError(
      `fetchBytes: expected ${url}, got ${error.message} after ${retries + 1} ${retries === 0 ? 'attempt' : 'attempts'}`,
      {
        cause: error,
      },
    );
  });
  const found = sha256 && (await digestOf(bytes));
  if (found !== sha256)
    throw new FormatError(
      `fetchBytes: expected SHA-256 ${sha256} for ${url}, got ${found}; the file has changed or was damaged in transit`,
    );
  // A full cache is not an error.
  await store?.put(url, new Response(bytes)).catch(() => undefined);
  return bytes;
}

interface LoadOptions {
  readonly maxBytes: number;
  readonly timeout: number;
  readonly onProgress: FetchBytesOptions['onProgress'];
  readonly signal: AbortSignal;
}

async function load(
  url: string,
  { maxBytes, timeout, onProgress, signal }: LoadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const idle = new IdleTimeout(timeout);
  /** Awaits the network, which reports all its failures as TypeErrors. */
  const wait = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (cause) {
      idle.throwIfExpired();
      if (cause instanceof TypeError) throw new TransientError(`a network error: ${cause.message}`, { cause });
      throw cause;
    } finally {
      idle.reset();
    }
  };
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  try {
    const response = await wait(fetch(url, { signal: idle.signalWith(signal) }));
    reader = response.body?.getReader();
    const transient = transientStatus(response);
    if (transient) throw transient;
    if (!response.ok || !reader)
      throw new MissingDataError(`fetchBytes: expected ${url}, got status ${response.status}`);
    const length = response.headers.get('content-encoding') ? null : response.headers.get('content-length');
    const total = length === null ? undefined : Number(length);
    const parts: Uint8Array[] = [];
    let loaded = 0;
    for (let next = await wait(reader.read()); !next.done; next = await wait(reader.read())) {
      loaded += next.value.length;
      parts.push(next.value);
      onProgress?.(loaded, total);
      if (loaded > maxBytes)
        throw new FormatError(`fetchBytes: expected at most ${maxBytes} bytes (\`maxBytes\`) at ${url}, got more`);
    }
    return concatBytes(parts);
  } finally {
    idle.stop();
    // An unread body would keep the connection open.
    await reader?.cancel().catch(() => undefined);
  }
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
