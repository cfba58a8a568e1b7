/** A sample with a class of 0 or 1. */
export interface Example {
  readonly inputs: readonly number[];
  readonly target: 0 | 1;
}

/** A neuron that outputs 1 where w · x + b > 0, and 0 elsewhere (McCulloch and Pitts 1943). */
export interface Unit {
  readonly weights: readonly number[];
  readonly bias: number;
}

/** What the perceptron rule learned, and the number of wrong outputs in each epoch. */
export interface Learned {
  readonly unit: Unit;
  readonly mistakes: readonly number[];
}

export function outputOf({ weights, bias }: Unit, inputs: readonly number[]): 0 | 1 {
  return weights.reduce((sum, weight, i) => sum + weight * inputs[i]!, bias) > 0 ? 1 : 0;
}

export function accuracyOf(predict: (inputs: readonly number[]) => number, examples: readonly Example[]): number {
  return examples.filter(({ inputs, target }) => predict(inputs) === target).length / examples.length;
}

/**
 * The perceptron rule, w ← w + (t − y) x after each sample, where y is the output and t the target (Rosenblatt 1958). The
 * learning rate is 1: another one scales all weights, which start at 0, and changes no output. Training ends after an epoch
 * without mistakes.
 */
export function perceptronRule(examples: readonly Example[], epochs: number): Learned {
  let unit: Unit = { weights: examples[0]!.inputs.map(() => 0), bias: 0 };
  const mistakes: number[] = [];
  while (mistakes.length < epochs && mistakes.at(-1) !== 0) {
    let wrong = 0;
    for (const { inputs, target } of examples) {
      const error = target - outputOf(unit, inputs);
      if (error === 0) continue;
      wrong += 1;
      unit = moved(unit, inputs, error);
    }
    mistakes.push(wrong);
  }
  return { unit, mistakes };
}

/** Hebb's rule, w ← w + t x, in one pass: inputs and targets that are active together connect (Hebb 1949). */
export function hebbRule(examples: readonly { readonly inputs: readonly number[]; readonly target: number }[]): Unit {
  const start: Unit = { weights: examples[0]!.inputs.map(() => 0), bias: 0 };
  return examples.reduce((unit, { inputs, target }) => moved(unit, inputs, target), start);
}

function moved({ weights, bias }: Unit, inputs: readonly number[], by: number): Unit {
  return { weights: weights.map((weight, i) => weight + by * inputs[i]!), bias: bias + by };
}
