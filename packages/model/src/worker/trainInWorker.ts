import { StateError } from '@chainrule/errors';
import { Caller, type MessageTarget } from '@chainrule/errors/channel';
import { aFunction, checkOptions, checkThat, refuse } from '@chainrule/errors/check';
import type { Tensor } from '@chainrule/tensor';
import { aTensor, receiveTree, sendTree, type Tree, treeLeaves } from '@chainrule/tensor/graph';
import type { EpochLogs } from '../callbacks/callbacks.ts';
import { aSignal } from '../training/optionChecks.ts';
import { type BatchProgress, ownBuffer, type Progress } from './messages.ts';
import type { TrainingService } from './serveTraining.ts';

/** What {@link WorkerTraining.start} reports, and what it starts from. */
export interface StartOptions {
  /** At most 20 times a second, and after the last batch of an epoch. */
  readonly onBatchEnd?: (progress: BatchProgress) => void;
  readonly onEpochEnd?: (logs: EpochLogs) => void;
  /** Stops the training; `start` then resolves with the epochs so far. */
  readonly signal?: AbortSignal | undefined;
  /** What `checkpoint` returned: the training continues there. */
  readonly checkpoint?: Uint8Array | undefined;
}

/** A training in another thread. The worker stays until `terminate`, and can train again. */
export interface WorkerTraining<Options> {
  /** `training` from `start` until it ends, also while it pauses. */
  readonly state: 'idle' | 'training' | 'paused' | 'terminated';
  /**
   * Sets up and trains.
   *
   * @param options - for the worker's setup: anything that `structuredClone` takes
   * @returns the logs of the epochs, also of a training that was stopped
   * @throws StateError while a training runs
   * @throws what setup or `fit` throws in the worker
   */
  start(options: Options, more?: StartOptions): Promise<readonly EpochLogs[]>;
  /** Resolves when no batch is under way; `resume` continues. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends training after the batch that runs. */
  stop(): Promise<void>;
  /** The model's file, as of `encodeModel`: architecture and weights. */
  model(): Promise<Uint8Array>;
  /** Assigns the weights of a model's file. Before the first `start`, they are kept for it. The bytes move to the worker. */
  loadModel(file: Uint8Array): Promise<void>;
  /** Everything that a later `start` needs to continue exactly: weights, optimizer, random state, the position of the data. */
  checkpoint(): Promise<Uint8Array>;
  /**
   * Predictions of the current weights, `[batch, …]`, also while it trains. Takes and returns tensors in the forms of the
   * model's inputs and outputs.
   */
  predict<Y extends Tree = Tensor>(x: Tree): Promise<Y>;
  /** Ends the worker. Calls that still wait reject. */
  terminate(): void;
}

/**
 * Trains in a worker, so that a page or a server stays responsive. The worker's file calls `serveTraining`.
 *
 * @param worker - such as `new Worker(new URL('./training.ts', import.meta.url), { type: 'module' })`; bundlers know this
 *   form. A `MessagePort` works, too
 * @throws OptionError for anything else
 * @example
 * const { port1, port2 } = new MessageChannel();
 * const service = serveTraining(({ seed }: { seed: number }) => ({
 *   trainer: sequential(input([1]), dense(1)).compile({ seed, optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError }),
 *   data: { x: [[0], [1]], y: [[1], [3]] },
 *   fit: { epochs: 3 },
 * }), port1);
 * const training = trainInWorker<typeof service>(port2);
 * const losses: number[] = [];
 * await training.start({ seed: 1 }, { onEpochEnd: ({ loss }) => losses.push(loss) });
 * const model = await decodeModel(await training.model(), { layers: { dense } });
 * [losses.length, model.layers.length]; // => [3,1]
 * training.terminate();
 */
export function trainInWorker<Service extends TrainingService<unknown>>(
  worker: MessageTarget,
): WorkerTraining<OptionsOf<Service>> {
  if (typeof (worker as Partial<MessageTarget> | undefined)?.postMessage !== 'function')
    refuse(
      'trainInWorker',
      'worker',
      'a Worker or a MessagePort',
      worker,
      "write `new Worker(new URL('./training.ts', import.meta.url), { type: 'module' })`",
    );
  return new Client(worker);
}

type OptionsOf<Service> = Service extends TrainingService<infer Options> ? Options : never;

class Client implements WorkerTraining<unknown> {
  readonly #caller: Caller;
  #options: StartOptions = {};
  state: WorkerTraining<unknown>['state'] = 'idle';

  constructor(worker: MessageTarget) {
    this.#caller = new Caller('trainInWorker', worker, {
      onMessage: ({ batch, epoch }: Partial<Progress>) => {
        if (batch) this.#options.onBatchEnd?.(batch);
        if (epoch) this.#options.onEpochEnd?.(epoch);
      },
      onEnd: () => (this.state = 'terminated'),
    });
  }

  async start(options: unknown, more: StartOptions = {}): Promise<readonly EpochLogs[]> {
    checkOptions('start', more, {
      onBatchEnd: aFunction,
      onEpochEnd: aFunction,
      signal: aSignal,
      checkpoint: checkThat('a Uint8Array', (value) => value instanceof Uint8Array),
    });
    const { signal, checkpoint } = more;
    if (this.state === 'training' || this.state === 'paused')
      throw new StateError('trainInWorker: a training runs in this worker; `stop` it, or start another worker');
    signal?.throwIfAborted();
    this.#options = more;
    const stop = (): void => void this.stop().catch(() => undefined);
    signal?.addEventListener('abort', stop);
    const reply = this.#caller.ask('start', { options, checkpoint });
    this.state = 'training';
    try {
      return (await reply) as readonly EpochLogs[];
    } finally {
      signal?.removeEventListener('abort', stop);
      if (!this.#caller.lost) this.state = 'idle';
    }
  }

  async pause(): Promise<void> {
    await this.#caller.ask('pause');
    if (this.state === 'training') this.state = 'paused';
  }

  async resume(): Promise<void> {
    await this.#caller.ask('resume');
    if (this.state === 'paused') this.state = 'training';
  }

  async stop(): Promise<void> {
    await this.#caller.ask('stop');
  }

  model(): Promise<Uint8Array> {
    return this.#caller.ask('model') as Promise<Uint8Array>;
  }

  async loadModel(file: Uint8Array): Promise<void> {
    if (!(file instanceof Uint8Array)) refuse('loadModel', 'file', 'a Uint8Array', file);
    const value = ownBuffer(file);
    await this.#caller.ask('loadModel', value, [value.buffer]);
  }

  checkpoint(): Promise<Uint8Array> {
    return this.#caller.ask('checkpoint') as Promise<Uint8Array>;
  }

  async predict<Y extends Tree = Tensor>(x: Tree): Promise<Y> {
    for (const { path, leaf } of treeLeaves(x, 'x')) aTensor('predict', path, leaf);
    const { value, transfer } = sendTree(x);
    return receiveTree(await this.#caller.ask('predict', value, transfer)) as Y;
  }

  terminate(): void {
    this.#caller.terminate();
  }
}
