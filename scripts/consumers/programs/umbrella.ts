// The umbrella as a user writes it: trains on WebAssembly, which it makes the default, and on a backend with two threads.
import {
  adam,
  type Backend,
  conv2d,
  defaultBackend,
  dense,
  digits,
  flatten,
  input,
  maxPool2d,
  ops,
  relu,
  rescaling,
  sequential,
  sparseCategoricalAccuracy,
  sparseCategoricalCrossEntropy,
  type Tensor,
  wasm,
  zeros,
} from 'chainrule';

/** Fits a small CNN to a few digits: the loss of each epoch, and the last accuracy. */
async function train(options: { readonly backend?: Backend } = {}): Promise<number[]> {
  const model = sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    conv2d({ filters: 4, kernelSize: 3, activation: relu }),
    maxPool2d(),
    flatten(),
    dense(10),
  );
  const trainer = model.compile({
    seed: 1,
    optimizer: adam({ learningRate: 0.02 }),
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracy() },
    ...options,
  });
  const { images, labels } = digits({ count: 64, seed: 1 });
  const history = await trainer.fit({ x: images, y: labels }, { epochs: 3, batchSize: 16 });
  return [...history.map((logs) => logs['loss']!), history.at(-1)!['accuracy']!];
}

const pooled: Tensor<[1, 2, 2, 1]> = ops.maxPool2d(zeros([1, 4, 4, 1]), { poolSize: 2 });
export const misfit = (): unknown =>
  // @ts-expect-error a kernel of 9 does not fit into an image of 4
  sequential(input([4, 4, 1]), conv2d({ filters: 1, kernelSize: 9 }), flatten(), dense(1));

async function main(): Promise<void> {
  const history = await train();
  const again = await train({ backend: await wasm({ threads: 2 }) });
  if (String(again) !== String(history))
    throw new Error(`two threads must compute the same as the default, ${String(history)}, got ${String(again)}`);
  // A multiply-add rounds once where the engine has relaxed SIMD, which a page in Node 20 cannot turn on: some digits agree.
  const shown = history.map((value) => Number(value.toFixed(4)));
  console.log(JSON.stringify({ backend: defaultBackend().name, history: shown, shape: pooled.shape }));
}

void main();
