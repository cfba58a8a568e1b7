import { OptionError, StateError } from '@chainrule/errors';
import { aPort, type MessageTarget, ownPort, type Sent, serve } from '@chainrule/errors/channel';
import { aFunction } from '@chainrule/errors/check';
import { receiveTree, sendTree, type Tree } from '@chainrule/tensor/graph';
import type { TrainingData } from '../training/batches.ts';
import type { Callbacks, TrainingControl } from '../callbacks/callbacks.ts';
import type { AnyTrainer, FitOptions } from '../training/trainer.ts';
import { decodeChecked, encodeModel } from '../files/savedModel.ts';
import { encodeCheckpoint, restoreCheckpoint } from '../files/trainingState.ts';
import { setWeights } from '../graph/weights.ts';
import { ownBuffer } from './messages.ts';

/** What to train, as the setup of {@link serveTraining} makes it. */
export interface TrainingJob {
  readonly trainer: AnyTrainer;
  readonly data: TrainingData;
  /** Options of `fit`. */
  readonly fit?: FitOptions;
}

/** What a worker offers, for the type parameter of `trainInWorker`. */
export interface TrainingService<Options> {
  readonly '~options'?: Options;
}

/**
 * Makes this worker train for a page, which calls `trainInWorker`. Write it once, at the top level of the worker's file.
 *
 * @param setup - makes the trainer and the data. It runs at each start, with the options that the page sends
 * @param port - the channel to the page; by default that of this worker
 * @throws StateError outside a worker, if no port is given
 * @example
 * const { port1, port2 } = new MessageChannel();
 * const service = serveTraining(({ rate }: { rate: number }) => ({
 *   trainer: sequential(input([1]), dense(1)).compile({ optimizer: sgd({ learningRate: rate }), loss: meanSquaredError }),
 *   data: { x: [[0], [1]], y: [[1], [3]] },
 * }), port1);
 * const training = trainInWorker<typeof service>(port2);
 * (await training.start({ rate: 0.1 })).length; // => 1
 * training.terminate();
 */
export function serveTraining<Options>(
  setup: (options: Options) => TrainingJob | Promise<TrainingJob>,
  port: MessageTarget = ownPort('serveTraining'),
): TrainingService<Options> {
  aFunction('serveTraining', 'setup', setup);
  aPort('serveTraining', 'port', port);
  const service = new Service(setup as (options: unknown) => TrainingJob | Promise<TrainingJob>, port);
  serve(port, ({ call, argument }) => service.run(call, argument));
  return {};
}

/** Milliseconds between two messages about batches. */
const pace = 50;

/** One worker: at most one training at a time, whose trainer stays for predictions and files. */
class Service {
  readonly #setup: (options: unknown) => TrainingJob | Promise<TrainingJob>;
  readonly #port: MessageTarget;
  #trainer: AnyTrainer | undefined;
  #data: TrainingData | undefined;
  /** A model's file that came before its trainer. */
  #weights: Uint8Array | undefined;
  #running = false;
  #stopped = false;
  #control: TrainingControl | undefined;
  /** Called with the control as soon as `fit` begins. */
  #pausing: (() => void) | undefined;
  #resume: (() => void) | undefined;

  constructor(setup: (options: unknown) => TrainingJob | Promise<TrainingJob>, port: MessageTarget) {
    this.#setup = setup;
    this.#port = port;
  }

  /** Answers a call of the page. */
  async run(call: string, argument: unknown): Promise<Sent> {
    switch (call) {
      case 'start':
        return plain(await this.#start(argument as { options: unknown; checkpoint?: Uint8Array }));
      case 'pause':
        return plain(await this.#pause());
      case 'resume':
        return plain(this.#resume?.());
      case 'stop':
        return plain(this.#stop());
      case 'loadModel':
        return plain(await this.#loadModel(argument as Uint8Array));
      case 'model':
        return bytes(await this.#between((trainer) => encodeModel(trainer.model)));
      case 'checkpoint':
        return bytes(await this.#between((trainer) => encodeCheckpoint(trainer, stateOf(this.#data))));
      case 'predict':
        return sendTree(await this.#between((trainer) => trainer.predict(receiveTree(argument) as Tree)));
      default:
        throw new OptionError(`serveTraining: \`call\` must be one of this version's, got ${call}`);
    }
  }

  async #start({ options, checkpoint }: { options: unknown; checkpoint?: Uint8Array }): Promise<unknown> {
    if (this.#running)
      throw new StateError('trainInWorker: a training runs in this worker; `stop` it, or start another worker');
    this.#running = true;
    this.#stopped = false;
    try {
      const { trainer, data, fit = {} } = await this.#setup(options);
      this.#trainer = trainer;
      this.#data = data;
      if (this.#weights) await assignWeights(trainer, this.#weights);
      this.#weights = undefined;
      const position = checkpoint && (await restoreCheckpoint(checkpoint, trainer));
      if (position) restoreData(data, position.data);
      const initialEpoch = position ? (epochOf(data) ?? fit.initialEpoch) : fit.initialEpoch;
      return await trainer.fit(data, {
        ...fit,
        ...(initialEpoch !== undefined && { initialEpoch }),
        callbacks: [...(fit.callbacks ?? []), this.#reporter()],
      });
    } finally {
      this.#running = false;
      this.#control = undefined;
      this.#resume = undefined;
      this.#pausing?.();
    }
  }

  /** Tells the page about batches, now and then, and about each epoch. */
  #reporter(): Callbacks {
    let last = 0;
    return {
      onTrainBegin: (control) => {
        this.#control = control;
        if (this.#stopped) control.stop();
        this.#pausing?.();
      },
      onBatchEnd: (batch) => {
        if (performance.now() - last < pace && batch.batch + 1 !== batch.batches) return;
        last = performance.now();
        this.#port.postMessage({ chainrule: 'progress', batch }, []);
      },
      onEpochEnd: (epoch) => this.#port.postMessage({ chainrule: 'progress', epoch }, []),
    };
  }

  /** Resolves as soon as no batch is under way. */
  async #pause(): Promise<void> {
    if (!this.#running) throw new StateError('trainInWorker: no training runs that could pause; call `start` first');
    if (this.#resume) return;
    if (!this.#control) await new Promise<void>((resolve) => (this.#pausing = resolve));
    this.#pausing = undefined;
    const control = this.#control;
    if (!control || this.#stopped) return;
    await new Promise<void>((paused) => {
      void control.pause(
        () =>
          new Promise<void>((resolve) => {
            this.#resume = () => {
              this.#resume = undefined;
              resolve();
            };
            paused();
          }),
      );
    });
  }

  #stop(): void {
    this.#stopped = true;
    this.#control?.stop();
    this.#resume?.();
  }

  /** Runs something with the trainer when no batch is under way. */
  async #between<T>(work: (trainer: AnyTrainer) => Promise<T>): Promise<T> {
    const trainer = this.#trainer;
    if (!trainer) throw new StateError('trainInWorker: the worker has no model yet; call `start` first');
    return this.#control && !this.#resume ? this.#control.pause(() => work(trainer)) : work(trainer);
  }

  async #loadModel(file: Uint8Array): Promise<void> {
    if (this.#trainer) await this.#between((trainer) => assignWeights(trainer, file));
    else this.#weights = file;
  }
}

const plain = (value: unknown): Sent => ({ value, transfer: [] });

function bytes(given: Uint8Array): Sent {
  const value = ownBuffer(given);
  return { value, transfer: [value.buffer] };
}

/** The weights of a file of `encodeModel`, into the trainer's model. */
async function assignWeights({ model }: AnyTrainer, file: Uint8Array): Promise<void> {
  const { tensors } = await decodeChecked(file, 'model');
  setWeights(model, Object.fromEntries(Object.entries(tensors).filter(([name]) => !name.startsWith('rng/'))));
}

/** Data that know where they are, such as a `Dataset`. */
interface Positioned {
  readonly epoch?: number;
  state(): unknown;
  restore(state: unknown): void;
}

const positioned = (data: TrainingData | undefined): Positioned | undefined =>
  typeof (data as Partial<Positioned> | undefined)?.state === 'function' ? (data as unknown as Positioned) : undefined;
const stateOf = (data: TrainingData | undefined): unknown => positioned(data)?.state();
const epochOf = (data: TrainingData): number | undefined => positioned(data)?.epoch;

function restoreData(data: TrainingData, state: unknown): void {
  if (state !== undefined) positioned(data)?.restore(state);
}
