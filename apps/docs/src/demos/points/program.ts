import {
  adam, add, binaryAccuracy, binaryCrossEntropy, cast, circles, dense, gather, Generator, input, l2, type LabeledPoints,
  moons, mul, ops, randomNormal, relu, sequentialOf, sigmoid, slice, spirals, tanh, tensor, xor,
} from 'chainrule';

export interface Settings {
  seed: number;
  data: string;
  noise: number;
  hiddenLayers: number;
  units: number;
  activation: string;
  learningRate: number;
  l2: number;
}

/** Your own points: x, y, and the class 0 or 1. */
export type Points = [x: number, y: number, label: number][];

const activations = { tanh, relu, sigmoid, none: (x: never) => x };

export function start(settings: Settings, own?: Points) {
  const { seed, noise } = settings;
  // The network never trains on the test points. Your own points are all for training.
  const train = own ? toTensors(own) : generate(settings.data, 200, seed, noise);
  const test = own ? undefined : generate(settings.data, 200, seed + 1_000_000_000, noise);

  // Without hidden layers, this is a single neuron: a perceptron with a soft step.
  const hidden = Array.from({ length: settings.hiddenLayers }, (_, i) =>
    dense(settings.units, {
      name: `hidden_${i + 1}`,
      activation: activations[settings.activation as 'tanh'],
      kernelRegularizer: l2(settings.l2),
    }),
  );
  const output = dense(1, { name: 'output', kernelRegularizer: l2(settings.l2) });
  const trainer = sequentialOf(input([2]), [...hidden, output]).compile({
    seed,
    optimizer: adam({ learningRate: settings.learningRate }),
    loss: binaryCrossEntropy, // of the logit: class 1 where it is above 0
    metrics: { accuracy: binaryAccuracy() },
  });

  // A step is an epoch: each point once, in batches of 10.
  const count = train.x.shape[0];
  const step = async () => {
    if (count === 0) throw new Error('Place some points first.');
    for (let from = 0; from < count; from += 10) {
      const size = Math.min(10, count - from);
      await trainer.trainStep({ x: slice(train.x, [from, 0], [size, 2]), y: slice(train.y, [from, 0], [size, 1]) });
    }
    const { loss, accuracy } = await trainer.evaluate(train);
    if (!test) return { loss: loss!, accuracy: accuracy! };
    const other = await trainer.evaluate(test);
    return { loss: loss!, accuracy: accuracy!, testLoss: other.loss!, testAccuracy: other.accuracy! };
  };
  return { state: { trainer }, step, train, test };
}

function generate(data: string, count: number, seed: number, noise: number) {
  const options = { count, seed, noise };
  if (data === 'XOR') return columns(xor(options));
  if (data === 'circles') return columns(circles(options));
  if (data === 'moons') return columns(moons(options), [-0.5, -0.25], 0.8);
  if (data === 'two spirals') return columns(spirals({ ...options, turns: 1.25 }), [0, 0], 1.15);
  // Two clouds. Each point is a random step away from the center of its class.
  const y = tensor(Array.from({ length: count }, (_, i) => i % 2), [count], 'int32');
  const centers = gather(tensor([[-0.6, -0.6], [0.6, 0.6]]), y);
  return columns({ x: add(centers, mul(randomNormal(new Generator(seed), [count, 2]), 0.2 + noise)), y });
}

/** Moves and scales points to the middle of the plane. Classes become a column of 0 and 1. */
function columns({ x, y }: LabeledPoints, move = [0, 0], scale = 1) {
  const moved = mul(add(x, tensor(move)), scale);
  return { x: ops.reshape(moved, [y.size, 2]), y: ops.reshape(cast(y, 'float32'), [y.size, 1]) };
}

function toTensors(points: Points) {
  return {
    x: tensor(points.flatMap(([x, y]) => [x, y]), [points.length, 2]),
    y: tensor(points.map(([, , label]) => label), [points.length, 1]),
  };
}
