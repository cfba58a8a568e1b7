import { nodeModule } from '../platform/node.ts';
import { workerSource } from './workerSource.ts';

/** The methods of a Worker that we use, in a browser or in Node. */
export interface HelperWorker {
  postMessage(message: unknown): void;
  terminate(): unknown;
  /** Only in Node. */
  on?(type: string, listener: (event: unknown) => void): unknown;
  unref?(): void;
  /** Only in browsers. */
  addEventListener?(type: string, listener: (event: unknown) => void): void;
}

/** The only message that a helper gets. */
export interface HelperStart {
  readonly memory: WebAssembly.Memory;
  /** Its number; the caller is thread 0. */
  readonly thread: number;
  /** Milliseconds to spin before it sleeps. */
  readonly spin: number;
  /** Whether it takes units. */
  readonly active: boolean;
}

export interface HelperEvents {
  /** On Linux, `task` is the path below /proc that exists as long as the thread does. */
  ready(task: string | undefined): void;
  /** It could not start, threw, or was ended. */
  lost(reason: string): void;
}

interface NodeThreads {
  readonly Worker: new (source: string, options: { eval: boolean; name: string }) => HelperWorker;
}

/**
 * Starts a helper thread. In Node it keeps the process alive only until it is ready.
 *
 * @throws if the machine or a content security policy forbids workers; some engines report that through `events.lost`
 *   instead
 */
export function startHelper(
  start: HelperStart,
  events: HelperEvents,
  create: () => HelperWorker = createWorker,
): HelperWorker {
  const worker = create();
  const on = (type: string, listener: (event: unknown) => void): unknown =>
    worker.on ? worker.on(type, listener) : worker.addEventListener?.(type, listener);
  on('message', (event) => {
    worker.unref?.();
    events.ready((event as { task?: string }).task);
  });
  on('error', (event) => events.lost((event as { message?: string } | undefined)?.message ?? 'it could not be loaded'));
  on('exit', () => events.lost('it ended'));
  worker.postMessage(start);
  return worker;
}

function createWorker(): HelperWorker {
  const node = nodeModule<NodeThreads>('node:worker_threads');
  if (node) return new node.Worker(workerSource, { eval: true, name: 'chainrule helper' });
  const url = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  const worker = new Worker(url);
  worker.addEventListener('message', () => URL.revokeObjectURL(url));
  return worker;
}
