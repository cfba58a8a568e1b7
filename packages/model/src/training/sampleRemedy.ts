import type { Shape } from '@chainrule/tensor';
import { sameShape, sizeOf } from '@chainrule/tensor/graph';

/**
 * What makes samples of the shape that was given, for the usual mistakes; nothing for others.
 *
 * @param sample - the shape of one sample
 * @param x - the shape that was given
 * @param y - the shape of the targets
 */
export function sampleRemedy(sample: Shape, x: Shape, y?: Shape): string {
  const [, channels, ...sizes] = x;
  if (y && sameShape(y.slice(1), sample)) return '; `y` has that shape: swap `x` and `y`';
  if (sameShape(x, sample))
    return '; a single sample needs the batch axis: `expandDims(x, 0)`, and a Dataset `batch(size)`';
  if (sameShape([...x.slice(1), 1], sample)) return '; add the axis of channels: `expandDims(x, -1)`';
  if (sizes.length > 1 && sameShape([...sizes, channels!], sample))
    return `; channels come last: \`transpose(x, [0,${sizes.map((_, i) => i + 2).join(',')},1])\``;
  return x.length > sample.length + 1 && sizeOf(x.slice(1)) === sizeOf(sample)
    ? `; reshape the samples: \`reshape(x, [${[-1, ...sample].join(',')}])\``
    : '';
}
