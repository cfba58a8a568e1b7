import { aPort, Caller, type MessageTarget, ownPort, serve } from '@chainrule/errors/channel';
import { aCount, aFunction, checkOptions } from '@chainrule/errors/check';
import { receiveTree, sendTree } from '@chainrule/tensor/graph';

/** The type of what {@link serveCalls} answers, for the type parameters of {@link workerPool}. */
export interface CallService<In, Out> {
  readonly '~call'?: (value: In) => Out;
}

/** Threads that run one function. */
export interface WorkerPool<In, Out> {
  /**
   * Runs the function in a thread that is free, or as soon as one is. It can be passed on, such as to `Dataset.map`.
   *
   * @param value - plain data and tensors, which the thread gets as copies
   * @throws the error of the function, with its class if it is one of ours
   */
  readonly run: (value: In) => Promise<Out>;
  /** The number of threads. */
  readonly workers: number;
  /** Ends all threads. Calls that still wait reject. */
  close(): void;
}

/** Options of {@link workerPool}. */
export interface WorkerPoolOptions {
  /** The number of threads. Default 2. */
  readonly workers?: number;
}

/**
 * Makes this worker run a function for {@link workerPool}. Write it once, at the top level of the worker's file.
 *
 * @param run - takes and returns plain data and tensors, or a promise of them
 * @param port - the channel to the pool; by default that of this worker
 * @throws StateError outside a worker, if no port is given
 * @example
 * const { port1, port2 } = new MessageChannel();
 * serveCalls((n: number) => n * n, port1);
 * const pool = workerPool<number, number>(() => port2, { workers: 1 });
 * await pool.run(7); // => 49
 * pool.close();
 */
export function serveCalls<In, Out>(
  run: (value: In) => Out | Promise<Out>,
  port: MessageTarget = ownPort('serveCalls'),
): CallService<In, Out> {
  aFunction('serveCalls', 'run', run);
  aPort('serveCalls', 'port', port);
  serve(port, async ({ argument }) => sendTree(await run(receiveTree(argument) as In)));
  return {};
}

/**
 * Starts threads that run a function on many values at once, for example to decode images. The file of the worker calls
 * {@link serveCalls}.
 *
 * @param createWorker - such as `() => new Worker(new URL('./decode.ts', import.meta.url), { type: 'module' })`; bundlers know
 *   this form
 * @param options - `workers` (2)
 * @throws OptionError if `createWorker` does not return a Worker or a MessagePort
 * @example
 * const pool = workerPool<string, number>(() => {
 *   const { port1, port2 } = new MessageChannel();
 *   serveCalls((text: string) => text.length, port1);
 *   return port2;
 * });
 * const lengths: number[] = [];
 * for await (const n of Dataset.from(['a', 'bcd', 'ef']).map(pool.run).prefetch(2)) lengths.push(n);
 * lengths; // => [1,3,2]
 * pool.close();
 */
export function workerPool<In, Out>(
  createWorker: () => MessageTarget,
  options: WorkerPoolOptions = {},
): WorkerPool<In, Out> {
  aFunction('workerPool', 'createWorker', createWorker);
  checkOptions('workerPool', options, { workers: aCount });
  const { workers = 2 } = options;
  const callers = Array.from({ length: workers }, () => {
    const worker: MessageTarget = createWorker();
    aPort('workerPool', 'createWorker()', worker);
    return new Caller('workerPool', worker);
  });
  const free = [...callers];
  const waiting: ((caller: Caller) => void)[] = [];
  return {
    workers,
    async run(value) {
      const caller = free.pop() ?? (await new Promise<Caller>((resolve) => waiting.push(resolve)));
      try {
        const { value: message, transfer } = sendTree(value);
        return receiveTree(await caller.ask('run', message, transfer, 'value')) as Out;
      } finally {
        const next = waiting.shift();
        if (next) next(caller);
        else free.push(caller);
      }
    },
    close() {
      for (const caller of callers) caller.terminate();
    },
  };
}
