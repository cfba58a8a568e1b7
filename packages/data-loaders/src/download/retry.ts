/** A failure that a retry may fix. */
export class TransientError extends Error {
  override name = 'TransientError';
  /** The least wait before a retry, in milliseconds. */
  readonly wait: number;

  constructor(message: string, options: ErrorOptions & { readonly wait?: number } = {}) {
    super(message, options);
    this.wait = options.wait ?? 0;
  }
}

const maxWait = 30_000;

/** Options of {@link retry}. */
export interface RetryOptions {
  /** The number of retries after the first attempt. */
  readonly retries: number;
  /** The first wait in milliseconds; it doubles each time, up to 30 s. */
  readonly delay: number;
  readonly signal?: AbortSignal | undefined;
}

/** Calls `attempt` until it succeeds, fails with an error other than {@link TransientError}, or has used all retries. */
export async function retry<T>(
  attempt: (index: number) => Promise<T>,
  { retries, delay, signal }: RetryOptions,
): Promise<T> {
  for (let index = 0; ; index++) {
    signal?.throwIfAborted();
    try {
      return await attempt(index);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof TransientError) || index >= retries) throw error;
      await pause(Math.min(maxWait, Math.max(error.wait, delay * 2 ** index)), signal);
    }
  }
}

/** Waits; throws the signal's reason if it aborts. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal!.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

/** The error of a response that a retry may fix, such as status 503; undefined for others, such as 404. */
export function transientStatus(response: Response): TransientError | undefined {
  const { status } = response;
  if (status < 500 && status !== 429 && status !== 408) return undefined;
  const after = response.headers.get('retry-after') ?? '';
  const seconds = /^\d+$/.test(after) ? Number(after) : (Date.parse(after) - Date.now()) / 1000;
  return new TransientError(`status ${status}`, { wait: seconds > 0 ? seconds * 1000 : 0 });
}
