import {
  adam, binaryAccuracy, binaryCrossEntropy, concat, dense, Generator, input, lstm, randomUniform,
  sequential, simpleRnn, tensor,
} from 'chainrule';

export interface Settings {
  seed: number;
  length: number;
  units: number;
  learningRate: number;
}

const batchSize = 64;

/**
 * Sequences of random numbers from −1 to 1. One number, in the first third, is marked.
 * The class is 1 if the marked number is positive.
 */
export function sequences(count: number, length: number, seed: number) {
  const x = randomUniform(new Generator(seed), [count, length, 1], { low: -1, high: 1 });
  const numbers = [...x.data];
  const random = randomUniform(new Generator(seed + 500_000_003), [count]);
  const places = [...random.data].map((u) => Math.floor((u * length) / 3));
  const marks = numbers.map((_, i) => (i % length === places[Math.floor(i / length)] ? 1 : 0));
  return {
    x: concat([x, tensor(marks, [count, length, 1])], { axis: 2 }), // two features in each step: the number, the mark
    y: tensor(places.map((place, i) => [numbers[i * length + place]! > 0 ? 1 : 0])),
    places,
  };
}

export function start(settings: Settings) {
  const { seed, length, units, learningRate } = settings;

  // The network reads the sequence step by step. Only its last state reaches the answer.
  const trainerOf = (layer: typeof lstm | typeof simpleRnn) =>
    sequential(
      input([length, 2]),
      (layer as typeof lstm)(units, { name: 'memory' }),
      dense(1, { name: 'answer' }),
    ).compile({
      seed,
      optimizer: adam({ learningRate }),
      loss: binaryCrossEntropy,
      metrics: { accuracy: binaryAccuracy({ fromLogits: true }) },
    });
  const state = { lstm: trainerOf(lstm), simple: trainerOf(simpleRnn) };

  // Each step has new sequences, so that nothing can be learned by heart.
  const step = async (n: number) => {
    const { x, y } = sequences(batchSize, length, seed * 1_000_003 + n);
    const gated = await state.lstm.trainStep({ x, y });
    const simple = await state.simple.trainStep({ x, y });
    return { lstm: gated.accuracy!, simple: simple.accuracy!, lstmLoss: gated.loss!, simpleLoss: simple.loss! };
  };
  return { state, step, length };
}
