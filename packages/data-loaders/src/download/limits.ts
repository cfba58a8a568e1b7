import { MissingDataError, OptionError, showValue } from '@chainrule/errors';
import { anything, type Checks } from '@chainrule/errors/check';
import { checkCount } from '../checks.ts';
import { Transient } from './retry.ts';

/** How long a transfer may take, and how often it is tried. */
export interface TransferLimits {
  /** How often to try again after status 429, 5xx, network errors and truncation; by default 4. */
  readonly retries?: number;
  /** The first wait before trying again, in milliseconds, doubled each time up to 30 s; by default 500. */
  readonly retryDelay?: number;
  /** How long the server may be silent, in milliseconds; by default 30,000. */
  readonly timeout?: number;
  /** How long everything may take, retries included, in milliseconds; by default 3,600,000, an hour. */
  readonly totalTimeout?: number;
  readonly signal?: AbortSignal;
}

/** {@link TransferLimits} with every limit filled in. */
export interface CheckedLimits {
  readonly retries: number;
  readonly retryDelay: number;
  readonly timeout: number;
  readonly totalTimeout: number;
  readonly signal: AbortSignal | undefined;
}

/** What {@link checkLimits} checks. */
export const limitNames: Checks<TransferLimits> = {
  retries: anything,
  retryDelay: anything,
  timeout: anything,
  totalTimeout: anything,
  signal: anything,
};

/** Timers take no longer times: they would end at once. */
const longest = 2 ** 31 - 1;

/**
 * Checks the limits of a transfer.
 *
 * @throws OptionError for a limit out of range
 */
export function checkLimits(op: string, limits: TransferLimits): CheckedLimits {
  const { retries = 4, retryDelay = 500, timeout = 30_000, totalTimeout = 3_600_000, signal } = limits;
  checkCount(op, 'retries', retries, 0);
  for (const [name, time, least] of [
    ['retryDelay', retryDelay, 0],
    ['timeout', timeout, 1],
    ['totalTimeout', totalTimeout, 1],
  ] as const) {
    if (checkCount(op, name, time, least) > longest)
      throw new OptionError(`${op}: \`${name}\` must be at most ${longest} milliseconds, got ${time}`);
  }
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw new OptionError(`${op}: \`signal\` must be an AbortSignal, got ${showValue(signal)}`);
  return { retries, retryDelay, timeout, totalTimeout, signal };
}

/**
 * Checks the address of a file.
 *
 * @throws OptionError if `url` is not an address that can be fetched
 */
export function checkUrl(op: string, url: unknown): string {
  const base = (globalThis as { location?: { href?: string } }).location?.href;
  // `location` is empty in Node where a library pretends to be a browser.
  const isUrl =
    typeof url === 'string' &&
    URL.canParse(url, base || undefined) &&
    /^(https?|data|blob):$/.test(new URL(url, base || undefined).protocol);
  if (isUrl) return url;
  throw new OptionError(`${op}: \`url\` must be an address that begins with http: or https:, got ${showValue(url)}`);
}

/**
 * Checks a callback.
 *
 * @throws OptionError if `callback` is neither a function nor left out
 */
export function checkCallback(op: string, name: string, callback: unknown): void {
  if (callback !== undefined && typeof callback !== 'function')
    throw new OptionError(`${op}: \`${name}\` must be a function, got ${showValue(callback)}`);
}

/**
 * Does work that a signal ends after `totalTimeout`, or when the caller's own signal says so.
 *
 * @throws MissingDataError if the time is over
 */
export async function withinTime<T>(
  op: string,
  what: string,
  { totalTimeout, signal }: CheckedLimits,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  const timer = setTimeout(
    () =>
      end.abort(
        new MissingDataError(
          `${op}: expected ${what} within ${totalTimeout} ms, got no end of it; raise \`totalTimeout\` if it is that slow`,
        ),
      ),
    totalTimeout,
  );
  try {
    return await work(signal ? AbortSignal.any([signal, end.signal]) : end.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends a request when the server is silent for too long. */
export class Silence {
  readonly #timeout: number;
  readonly #end = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(timeout: number) {
    this.#timeout = timeout;
    this.heard();
  }

  /** A signal for the request, which `signal` ends, too. */
  with(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([signal, this.#end.signal]) : this.#end.signal;
  }

  /** Says that something came. */
  heard(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end.abort(new Transient(`silence for ${this.#timeout} ms`)), this.#timeout);
  }

  /** Ends the watch; throws if the server was silent. */
  throwIfSilent(): void {
    this.#end.signal.throwIfAborted();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
