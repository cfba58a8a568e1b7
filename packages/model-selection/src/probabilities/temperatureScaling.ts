import { ShapeError, showShape, ValueError } from '@chainrule/errors';
import { refuse } from '@chainrule/errors/check';
import { isFloat, type Tensor } from '@chainrule/tensor';
import { aTensor } from '@chainrule/tensor/graph';

/** The temperatures that {@link temperatureScaling} looks at. */
const [coldest, hottest] = [1e-3, 1e3];

/**
 * The temperature T for which logits / T have the least log loss on validation data (Guo, Pleiss, Sun, Weinberger 2017). Divide the
 * logits of the model by it: predicted classes stay the same, and probabilities become calibrated.
 *
 * @param logits - `[samples, classes]`, or `[samples]` of a yes
 * @param labels - `[samples]`: int32 classes, or 0 and 1
 * @returns a number in [0.001, 1000]
 * @throws ShapeError for other shapes; ValueError without samples, for labels outside of the classes, or logits that are not finite
 * @example
 * const logits = tensor([[4, 0], [4, 0], [4, 0], [4, 0]]);
 * const temperature = temperatureScaling(logits, tensor([0, 0, 0, 1], 'int32'));
 * temperature.toFixed(4); // => 3.6410
 * softmax(div(logits, temperature)).toArray()[0][0].toFixed(4); // => 0.7500
 */
export function temperatureScaling(logits: Tensor, labels: Tensor): number {
  const name = 'temperatureScaling';
  aTensor(name, 'logits', logits);
  aTensor(name, 'labels', labels);
  if (!isFloat(logits.dtype)) refuse(name, 'logits', 'a tensor of floats', logits.dtype);
  const [samples = 0, classes = 1] = logits.shape;
  if (logits.rank < 1 || logits.rank > 2)
    throw new ShapeError(
      `${name}: \`logits\` must have shape [samples] or [samples, classes], got ${showShape(logits.shape)}`,
    );
  if (labels.rank !== 1 || labels.size !== samples)
    throw new ShapeError(`${name}: \`labels\` must have shape [${samples}], got ${showShape(labels.shape)}`);
  if (!samples) throw new ValueError(`${name}: \`logits\` must have samples, got none`);
  // A yes is the second of two classes, whose logits are 0 and z.
  const values = logits.rank === 1 ? [...logits.data].flatMap((z) => [0, z]) : [...logits.data];
  const width = logits.rank === 1 ? 2 : classes;
  const wrong = values.findIndex((z) => !Number.isFinite(z));
  if (wrong >= 0) throw new ValueError(`${name}: \`logits\` must be finite, got ${values[wrong]}`);
  const wanted = [...labels.data];
  const other = wanted.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= width);
  if (other >= 0)
    throw new ValueError(`${name}: \`labels\` must be in [0, ${width}), got ${wanted[other]} at ${other}`);
  const rows = wanted.map((_, i) => values.slice(i * width, (i + 1) * width));
  return 1 / rootOf((beta) => slope(rows, wanted, beta));
}

/** The derivative of the log loss by β = 1 / T: Σ (Σₖ pₖ·zₖ − z[label]), which rises with β. */
function slope(rows: readonly (readonly number[])[], labels: readonly number[], beta: number): number {
  return rows.reduce((sum, row, i) => {
    const most = row.reduce((a, b) => Math.max(a, b));
    const weights = row.map((z) => Math.exp(beta * (z - most)));
    const all = weights.reduce((a, b) => a + b, 0);
    return sum + row.reduce((mean, z, k) => mean + (weights[k]! / all) * z, 0) - row[labels[i]!]!;
  }, 0);
}

/** Where a rising function is 0, by bisection of the logarithm; the nearest end if it is 0 nowhere. */
function rootOf(rising: (x: number) => number): number {
  let [low, high] = [Math.log(1 / hottest), Math.log(1 / coldest)];
  if (rising(Math.exp(low)) >= 0) return Math.exp(low);
  if (rising(Math.exp(high)) <= 0) return Math.exp(high);
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (rising(Math.exp(middle)) < 0) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
