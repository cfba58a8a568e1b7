import { MissingDataError } from '@chainrule/errors';
import { type Check, type Checks, checkThat, numberThat } from '@chainrule/errors/check';
import { anAbortSignal, fromZero } from '../checks.ts';
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
export interface FilledLimits {
  readonly retries: number;
  readonly retryDelay: number;
  readonly timeout: number;
  readonly totalTimeout: number;
  readonly signal: AbortSignal | undefined;
}

/** Timers take no longer times: they would end at once. */
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

/** The limits that `given` sets, and the default ones. */
export function limitsOf({
  retries = 4,
  retryDelay = 500,
  timeout = 30_000,
  totalTimeout = 3_600_000,
  signal,
}: TransferLimits): FilledLimits {
  return { retries, retryDelay, timeout, totalTimeout, signal };
}

/** An address that can be fetched. */
export const aUrl: Check = /* @__PURE__ */ checkThat('an address that begins with http: or https:', (url) => {
  const base = (globalThis as { location?: { href?: string } }).location?.href;
  // `location` is empty in Node where a library pretends to be a browser.
  return (
    typeof url === 'string' &&
    URL.canParse(url, base || undefined) &&
    /^(https?|data|blob):$/.test(new URL(url, base || undefined).protocol)
  );
});

export const aDigest: Check = /* @__PURE__ */ checkThat(
  '64 digits in lower-case hexadecimal',
  (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
);

/**
 * Does work that a signal ends after `totalTimeout`, or when the caller's own signal says so.
 *
 * @throws MissingDataError if the time is over
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
