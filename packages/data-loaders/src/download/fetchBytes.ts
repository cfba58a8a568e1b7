import { FormatError, MissingDataError, OptionError, showValue } from '@chainrule/errors';
import { checkCount } from '../checks.ts';
import { concatBytes } from '../archives/inflate.ts';
import { retry, Transient, transientStatus } from './retry.ts';

/** Options of {@link fetchBytes}. */
export interface FetchBytesOptions {
  /** The digest of the bytes in hexadecimal; without it nothing is verified. */
  readonly sha256?: string;
  /** The name of the browser's cache, by default `chainrule`; false for none. */
  readonly cache?: string | false;
  /** How often to try again after status 429, 5xx and network errors; by default 4. */
  readonly retries?: number;
  /** The first wait before trying again, in milliseconds, doubled each time; by default 500. */
  readonly retryDelay?: number;
  /** The most bytes that may come; by default 1 GiB. */
  readonly maxBytes?: number;
  /** Called with the bytes so far and, where the server tells, their number in all. */
  readonly onProgress?: (loaded: number, total: number | undefined) => void;
  readonly signal?: AbortSignal;
}

/**
 * Fetches a file, verifies its SHA-256 and keeps it in the browser's `Cache`, where there is one. In Node,
 * `download` of `@chainrule/data-loaders/node` keeps files in a folder and goes on where a download broke off.
 *
 * @throws MissingDataError when the server does not give the file
 * @throws FormatError when its digest is another, or it has more than `maxBytes`
 * @throws OptionError for a digest or a count that is none
 * @example
 * const bytes = await fetchBytes('data:text/plain,seven', { cache: false });
 * new TextDecoder().decode(bytes); // => seven
 */
export async function fetchBytes(url: string, options: FetchBytesOptions = {}): Promise<Uint8Array> {
  const { sha256, cache = 'chainrule', retries = 4, retryDelay = 500, maxBytes = 2 ** 30, onProgress, signal } = options;
  checkDigest('fetchBytes', sha256);
  checkCount('fetchBytes', 'retries', retries, 0);
  checkCount('fetchBytes', 'maxBytes', maxBytes, 0);
  const store = cache !== false && 'caches' in globalThis ? await caches.open(cache) : undefined;
  const kept = await store?.match(url);
  if (kept) {
    const bytes = new Uint8Array(await kept.arrayBuffer());
    if (!sha256 || (await digestOf(bytes)) === sha256) return bytes;
    await store!.delete(url);
  }
  const bytes = await retry(() => load(url, maxBytes, onProgress, signal), { retries, delay: retryDelay, signal }).catch((error: unknown) => {
    if (!(error instanceof Transient)) throw error;
    throw new MissingDataError(`fetchBytes: expected ${url}, got ${error.message} after ${retries + 1} attempts`, { cause: error });
  });
  const found = sha256 && (await digestOf(bytes));
  if (found !== sha256) throw new FormatError(`fetchBytes: expected SHA-256 ${sha256} for ${url}, got ${found}; the file has changed or was damaged on its way`);
  // A full cache is no reason to fail.
  await store?.put(url, new Response(bytes)).catch(() => undefined);
  return bytes;
}

async function load(url: string, maxBytes: number, onProgress: FetchBytesOptions['onProgress'], signal: AbortSignal | undefined): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await fetch(url, signal ? { signal } : {});
    const transient = transientStatus(response);
    if (transient) throw transient;
    if (!response.ok || !response.body) throw new MissingDataError(`fetchBytes: expected ${url}, got status ${response.status}`);
    const length = response.headers.get('content-encoding') ? null : response.headers.get('content-length');
    const total = length === null ? undefined : Number(length);
    const parts: Uint8Array[] = [];
    let loaded = 0;
    const reader = response.body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      loaded += next.value.length;
      parts.push(next.value);
      onProgress?.(loaded, total);
      if (loaded <= maxBytes) continue;
      await reader.cancel();
      throw new FormatError(`fetchBytes: expected at most ${maxBytes} bytes (\`maxBytes\`) at ${url}, got more`);
    }
    return concatBytes(parts);
  } catch (cause) {
    // `fetch` and its streams report what happens on the network as a TypeError.
    if (cause instanceof TypeError) throw new Transient(`a network error: ${cause.message}`, { cause });
    throw cause;
  }
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Refuses what is no SHA-256, in the name of `op`. */
export function checkDigest(op: string, sha256: unknown): void {
  if (sha256 === undefined || (typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256))) return;
  throw new OptionError(`${op}: \`sha256\` must be 64 digits in lower-case hexadecimal, got ${showValue(sha256)}`);
}
