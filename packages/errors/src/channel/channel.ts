import { type Check, checkThat, refuse } from '../check/check.ts';
import { DeviceError, StateError } from '../errors.ts';
import { fromSentError, type SentError, toSentError } from './sentError.ts';

// The messages between two threads. Each request gets one reply, with progress in between.

/** A worker, a message port or a worker's own scope, of a browser or of Node. */
export interface MessageTarget {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  /** A browser's. */
  addEventListener?(type: string, listener: (event: Event) => void): void;
  /** Node's. */
  on?(type: string, listener: (event: unknown) => void): unknown;
  /** A worker's. */
  terminate?(): unknown;
  /** A message port's. */
  start?(): void;
  close?(): void;
}

/** A call of the other thread. */
export interface Request {
  readonly chainrule: 'request';
  readonly id: number;
  readonly call: string;
  readonly argument: unknown;
}

/** The answer: a value or an error. */
type Reply =
  | { readonly chainrule: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly chainrule: 'reply'; readonly id: number; readonly error: SentError };

/** A value, and the buffers that move to the other thread with it. */
export interface Sent {
  readonly value: unknown;
  readonly transfer: ArrayBuffer[];
}

export const aPort: Check = /* @__PURE__ */ checkThat(
  'a Worker or a MessagePort',
  (value) => typeof (value as Partial<MessageTarget> | null)?.postMessage === 'function',
);

/** Calls `receive` with each message of ours; it leaves other messages on the same channel alone. */
function listen(target: MessageTarget, receive: (message: Record<string, unknown>) => void): void {
  const take = (message: unknown): void => {
    const { chainrule } = (message ?? {}) as { readonly chainrule?: unknown };
    if (typeof chainrule === 'string') receive(message as Record<string, unknown>);
  };
  if (target.on) target.on('message', take);
  else target.addEventListener?.('message', (event) => take((event as MessageEvent).data));
  target.start?.();
}

/**
 * The channel from a worker to the thread that started it.
 *
 * @throws StateError outside a worker
 */
export function ownPort(op: string): MessageTarget {
  const { process, WorkerGlobalScope } = globalThis as {
    process?: { getBuiltinModule?(id: string): { readonly parentPort: MessageTarget | null } | undefined };
    WorkerGlobalScope?: new () => unknown;
  };
  if (WorkerGlobalScope && globalThis instanceof WorkerGlobalScope) return globalThis as unknown as MessageTarget;
  const port = process?.getBuiltinModule?.('node:worker_threads')?.parentPort;
  if (!port) throw new StateError(`${op}: must run in a worker; start its file with \`new Worker(…)\``);
  return port;
}

/** Answers each request with what `run` returns or throws. */
export function serve(port: MessageTarget, run: (request: Request) => Sent | Promise<Sent>): void {
  const answer = async (request: Request): Promise<void> => {
    const { id } = request;
    try {
      const { value, transfer } = await run(request);
      port.postMessage({ chainrule: 'reply', id, value }, transfer);
    } catch (error) {
      port.postMessage({ chainrule: 'reply', id, error: toSentError(error) }, []);
    }
  };
  listen(port, (message) => {
    if (message['chainrule'] === 'request') void answer(message as unknown as Request);
  });
}

/** Options of {@link Caller}. */
export interface CallerOptions {
  /** Called with messages that are not replies. */
  readonly onMessage?: (message: Record<string, unknown>) => void;
  /** Called once when the worker has ended. */
  readonly onEnd?: (reason: Error) => void;
}

/** Calls the functions of a worker that {@link serve} answers. */
export class Caller {
  readonly #worker: MessageTarget;
  readonly #op: string;
  readonly #options: CallerOptions;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #next = 0;
  /** The reason why the worker has ended. */
  lost: Error | undefined;

  /** @param op - the name that errors start with */
  constructor(op: string, worker: MessageTarget, options: CallerOptions = {}) {
    this.#worker = worker;
    this.#op = op;
    this.#options = options;
    listen(worker, (message) => {
      if (message['chainrule'] === 'reply') this.#settle(message as unknown as Reply);
      else options.onMessage?.(message);
    });
    const on = (type: string, listener: (event: unknown) => void): unknown =>
      worker.on ? worker.on(type, listener) : worker.addEventListener?.(type, listener);
    on('error', (event) =>
      this.end(`the worker failed: ${(event as Partial<ErrorEvent>).message || 'its file could not be loaded'}`),
    );
    on('messageerror', () => this.end('a message of the worker could not be read'));
    on('exit', () => this.end('the worker ended'));
  }

  /**
   * Calls a function of the worker.
   *
   * @param name - what the error calls the argument if it cannot be sent
   */
  async ask(call: string, argument?: unknown, transfer: ArrayBuffer[] = [], name = 'options'): Promise<unknown> {
    if (this.lost) throw this.lost;
    const id = this.#next++;
    const reply = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    try {
      this.#worker.postMessage({ chainrule: 'request', id, call, argument }, transfer);
    } catch (error) {
      this.#waiting.delete(id);
      refuse(call, name, 'a value that `structuredClone` takes', argument, (error as Error).message);
    }
    return reply;
  }

  /** Ends the worker. */
  terminate(): void {
    this.end('the worker was terminated');
    if (this.#worker.terminate) void this.#worker.terminate();
    else this.#worker.close?.();
  }

  /** Rejects all calls that wait, and later ones. */
  end(reason: string): void {
    if (this.lost) return;
    const lost = new DeviceError(`${this.#op}: ${reason}`);
    this.lost = lost;
    this.#options.onEnd?.(lost);
    for (const waiting of this.#waiting.values()) waiting.reject(lost);
    this.#waiting.clear();
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('error' in reply) waiting?.reject(fromSentError(reply.error));
    else waiting?.resolve(reply.value);
  }
}
