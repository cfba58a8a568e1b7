import { MissingDataError } from '@chainrule/errors';
import { type Check, type Checks, checkThat, numberThat } from '@chainrule/errors/check';
import { anAbortSignal, fromZero } from '../checks.ts';
import { TransientError } from './retry.ts';

/** Limits on the time and the attempts of a transfer. */
export interface TransferLimits {
  /** The number of retries after status 408, 429 or 5xx, network errors and truncation; by default 4. */
  readonly retries?: number;
  /** The wait before the first retry, in milliseconds; it doubles each time, up to 30 s. By default 500. */
  readonly retryDelay?: number;
  /** The greatest time without data from the server, in milliseconds; by default 30,000. */
  readonly timeout?: number;
  /** The greatest time in total, including retries, in milliseconds; by default 3,600,000 (one hour). */
  readonly totalTimeout?: number;
  readonly signal?: AbortSignal;
}

/** {@link TransferLimits} with defaults filled in. */
export interface FilledLimits {
  readonly retries: number;
  readonly retryDelay: number;
  readonly timeout: number;
  readonly totalTimeout: number;
  readonly signal: AbortSignal | undefined;
}

/** The longest delay of a timer; a longer one would fire at once. */
const longest = 2 ** 31 - 1;

const milliseconds = (least: number): Check =>
  numberThat(
    `an integer from ${least} to ${longest}, in milliseconds`,
    (value) => Number.isInteger(value) && value >= least && value <= longest,
  );

export const limitChecks: Checks<TransferLimits> = {
  retries: fromZero,
  retryDelay: milliseconds(0),
  timeout: milliseconds(1),
  totalTimeout: milliseconds(1),
  signal: anAbortSignal,
};

/** Fills in the default limits. */
export function limitsOf({
  retries = 4,
  retryDelay = 500,
  timeout = 30_000,
  totalTimeout = 3_600_000,
  signal,
}: TransferLimits): FilledLimits {
  return { retries, retryDelay, timeout, totalTimeout, signal };
}

/** Checks for a URL that `fetch` accepts. */
export const aUrl: Check = /* @__PURE__ */ checkThat('a URL that starts with http: or https:', (url) => {
  const base = (globalThis as { location?: { href?: string } }).location?.href;
  // `location` is empty in Node if a library emulates a browser.
  return (
    typeof url === 'string' &&
    URL.canParse(url, base || undefined) &&
    /^(https?|data|blob):$/.test(new URL(url, base || undefined).protocol)
  );
});

export const aDigest: Check = /* @__PURE__ */ checkThat(
  '64 lowercase hexadecimal digits',
  (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
);

/**
 * Runs `work` with a signal that aborts after `totalTimeout`, or when the caller's signal aborts.
 *
 * @throws MissingDataError if the time runs out
 */
export async function withinTime<T>(
  op: string,
  what: string,
  { totalTimeout, signal }: FilledLimits,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  const timer = setTimeout(
    () =>
      end.abort(
        new MissingDataError(
          `${op}: expected ${what} within ${totalTimeout} ms, got a timeout; raise \`totalTimeout\` for a slow connection`,
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

/** Aborts a request if no data arrives for too long. */
export class IdleTimeout {
  readonly #timeout: number;
  readonly #end = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(timeout: number) {
    this.#timeout = timeout;
    this.reset();
  }

  /** A signal for the request, which aborts with `signal`, too. */
  signalWith(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([signal, this.#end.signal]) : this.#end.signal;
  }

  /** Restarts the timer, because data arrived. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#end.abort(new TransientError(`no data for ${this.#timeout} ms`)),
      this.#timeout,
    );
  }

  /** Throws if the time has expired. */
  throwIfExpired(): void {
    this.#end.signal.throwIfAborted();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
