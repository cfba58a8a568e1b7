import { Dataset } from '@chainrule/data-loaders';
import { DeviceError, OptionError, StateError, TrainingError } from '@chainrule/errors';
import { dense } from '@chainrule/layers-dense';
import { meanSquaredError } from '@chainrule/losses';
import {
  decodeModel,
  encodeModel,
  getWeights,
  input,
  sequential,
  serveTraining,
  type StartOptions,
  trainInWorker,
  type TrainingJob,
  type WorkerTraining,
} from '@chainrule/model';
import { adam, sgd } from '@chainrule/optim';
import { arange, mul, reshape, tensor } from '@chainrule/tensor';
import { afterEach, describe, expect, test } from 'vitest';

interface Options {
  readonly epochs: number;
  readonly rate?: number;
}

const x = reshape(arange(8), [8, 1]);
const setup = ({ epochs, rate = 0.01 }: Options): TrainingJob => ({
  trainer: sequential(input([1]), dense(1)).compile({
    seed: 1,
    optimizer: adam({ learningRate: rate }),
    loss: meanSquaredError,
  }),
  data: Dataset.fromTensors({ x, y: mul(x, 3) })
    .shuffle(1)
    .batch(2),
  fit: { epochs },
});

const ended: (() => void)[] = [];
afterEach(() => {
  for (const end of ended.splice(0)) end();
});

/** Both sides in this thread, joined by a channel. */
function connect<O>(make: (options: O) => TrainingJob | Promise<TrainingJob>): WorkerTraining<O> {
  const { port1, port2 } = new MessageChannel();
  serveTraining(make, port1);
  const training = trainInWorker(port2) as WorkerTraining<O>;
  ended.push(() => training.terminate());
  return training;
}

/** Starts a training without an end, and waits for its first batch. */
async function begin(training: WorkerTraining<Options>, more: StartOptions = {}): Promise<() => Promise<number>> {
  let done: Promise<readonly unknown[]> | undefined;
  await new Promise<void>((resolve) => {
    done = training.start({ epochs: 1e9 }, { ...more, onBatchEnd: () => resolve() });
  });
  return async () => (await done!).length;
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));

describe('a training in a worker', () => {
  test('has the history and the weights of one in this thread', async () => {
    const training = connect(setup);
    const epochs: number[] = [];
    const batches: number[] = [];
    const history = await training.start(
      { epochs: 3 },
      {
        onEpochEnd: ({ epoch }) => epochs.push(epoch),
        onBatchEnd: ({ batch, logs }) => batches.push(batch, logs['loss']!),
      },
    );
    const { trainer, data, fit } = setup({ epochs: 3 });
    expect(history).toEqual(await trainer.fit(data, fit));
    expect(epochs).toEqual([0, 1, 2]);
    expect(batches.length).toBeGreaterThanOrEqual(6);
    const model = await decodeModel(await training.model(), { layers: { dense } });
    expect(getWeights(model)).toEqual(getWeights(trainer.model));
    expect(await training.predict(x)).toEqual(await trainer.predict(x));
    expect(training.state).toBe('idle');
  });

  test('trains anew at each start, and refuses a second one meanwhile', async () => {
    const training = connect(setup);
    const first = training.start({ epochs: 2 });
    await expect(training.start({ epochs: 2 })).rejects.toThrow(StateError);
    expect(await training.start({ epochs: 2 }).catch(() => first)).toEqual(await first);
    expect(await training.start({ epochs: 2 })).toEqual(await first);
  });

  test('pauses between batches, answers meanwhile, and resumes', async () => {
    const training = connect(setup);
    const end = await begin(training);
    await training.pause();
    expect(training.state).toBe('paused');
    const before = await training.model();
    await turn();
    expect(await training.model()).toEqual(before);
    await training.pause();
    await training.resume();
    expect(training.state).toBe('training');
    await turn();
    expect(await training.model()).not.toEqual(before);
    await training.stop();
    expect(await end()).toBeGreaterThan(0);
  });

  test('stops while it pauses, by a signal, and before it begins', async () => {
    const training = connect(setup);
    const end = await begin(training);
    await training.pause();
    await training.stop();
    await end();
    const controller = new AbortController();
    const again = await begin(training, { signal: controller.signal });
    controller.abort();
    expect(await again()).toBeGreaterThan(0);
    const third = training.start({ epochs: 1e9 });
    await training.stop();
    expect((await third).length).toBeLessThan(1e9);
  });

  test('continues from a checkpoint, bit for bit', async () => {
    const whole = connect(setup);
    await whole.start({ epochs: 4 });
    const first = connect(setup);
    await first.start({ epochs: 2 });
    const second = connect(setup);
    const rest = await second.start({ epochs: 4 }, { checkpoint: await first.checkpoint() });
    expect(rest.map(({ epoch }) => epoch)).toEqual([2, 3]);
    const weights = async (training: WorkerTraining<Options>): Promise<unknown> =>
      getWeights(await decodeModel(await training.model(), { layers: { dense } }));
    expect(await weights(second)).toEqual(await weights(whole));
  });

  test('takes weights, before the first start and after it', async () => {
    const model = sequential(input([1]), dense(1)).build({ seed: 9 });
    const training = connect((options: Options) => ({ ...setup(options), fit: { epochs: 0 } }));
    await training.loadModel(await encodeModel(model));
    await training.start({ epochs: 0 });
    expect(await training.predict(x)).toEqual(model.call(x));
    const other = sequential(input([1]), dense(1)).build({ seed: 10 });
    await training.loadModel(await encodeModel(other));
    expect(await training.predict(x)).toEqual(other.call(x));
  });
});

describe('errors', () => {
  test('keep their class and fields', async () => {
    const training = connect(setup);
    const error: unknown = await training.start({ epochs: 3, rate: 1e38 }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TrainingError);
    expect((error as TrainingError).message).toMatch(/^fit: /);
    expect((error as TrainingError).history).toEqual([]);
    const bad = connect(() => {
      throw new OptionError('setup: `size` must be positive, got 0');
    });
    await expect(bad.start(undefined)).rejects.toThrow(OptionError);
  });

  test('say what to do before the first start', async () => {
    const training = connect(setup);
    await expect(training.model()).rejects.toThrow('trainInWorker: the worker has no model yet; call `start` first');
    await expect(training.pause()).rejects.toThrow('call `start` first');
    await expect(training.loadModel('file' as never)).rejects.toThrow('loadModel: `file` must be a Uint8Array');
    await expect(training.predict([1] as never)).rejects.toThrow('predict: `x[0]` must be a tensor');
    await expect(training.start({ epochs: (() => 1) as never })).rejects.toThrow(/could not be cloned/);
    expect(training.state).toBe('idle');
  });

  test('reject everything that waits when the worker ends', async () => {
    const training = connect(setup);
    const end = await begin(training);
    const waiting = training.pause();
    training.terminate();
    await expect(waiting).rejects.toThrow(DeviceError);
    await expect(end()).rejects.toThrow('trainInWorker: the worker was terminated');
    await expect(training.model()).rejects.toThrow(DeviceError);
    expect(training.state).toBe('terminated');
  });

  test('of wrong arguments name the remedy', () => {
    expect(() => trainInWorker('training.ts' as never)).toThrow(
      /^trainInWorker: `worker` must be a Worker or a MessagePort/,
    );
    expect(() => serveTraining(undefined as never)).toThrow('serveTraining: `setup` must be a function');
  });
});

test('the trainer of a job may be of any kind of optimizer and data', async () => {
  const training = connect((rate: number) => ({
    trainer: sequential(input([1]), dense(1)).compile({
      optimizer: sgd({ learningRate: rate }),
      loss: meanSquaredError,
    }),
    data: { x: tensor([[1]]), y: [[2]] },
  }));
  expect(await training.start(0.1)).toHaveLength(1);
});
