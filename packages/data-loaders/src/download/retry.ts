/** An error that a retry may avoid. */
export class Transient extends Error {
  override name = 'Transient';
  /** How long to wait at least, in milliseconds. */
  readonly wait: number;

  constructor(message: string, options: ErrorOptions & { readonly wait?: number } = {}) {
    super(message, options);
    this.wait = options.wait ?? 0;
  }
}

const longestWait = 30_000;

/** Options of {@link retry}. */
export interface RetryOptions {
  /** How often to try again after the first time. */
  readonly retries: number;
  /** The first wait in milliseconds; each is twice the one before it, up to 30 s. */
  readonly delay: number;
  readonly signal?: AbortSignal | undefined;
}

/** Runs `attempt` until it ends in anything but a {@link Transient} error, or has been tried often enough. */
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
      if (!(error instanceof Transient) || index >= retries) throw error;
      await pause(Math.min(longestWait, Math.max(error.wait, delay * 2 ** index)), signal);
    }
  }
}

/** Waits, or throws the signal's reason. */
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

/** Why an answer is none, if it may be one the next time; undefined for what stays as it is, such as 404. */
export function transientStatus(response: Response): Transient | undefined {
  const { status } = response;
  if (status < 500 && status !== 429 && status !== 408) return undefined;
  const after = response.headers.get('retry-after') ?? '';
  const seconds = /^\d+$/.test(after) ? Number(after) : (Date.parse(after) - Date.now()) / 1000;
  return new Transient(`status ${status}`, { wait: seconds > 0 ? seconds * 1000 : 0 });
}
