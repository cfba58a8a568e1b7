import { defineLayer, expectRank, type Layer, type MaxPool2dRule } from '@chainrule/layers-core';
import { maxPool2d as pool, type Padding, type PerAxis2d, perAxis, resolveWindow, windowPositions } from '@chainrule/tensor';

/** Options of {@link maxPool2d}. */
export interface MaxPool2dOptions<K extends PerAxis2d = PerAxis2d, S extends PerAxis2d = PerAxis2d, P extends Padding = Padding> {
  /** Default 2. */
  readonly poolSize?: K;
  /** Default the pool size. */
  readonly strides?: S;
  /** Default 'valid'. */
  readonly padding?: P;
  readonly name?: string;
}

/**
 * The largest element of each window: `[batch, height, width, channels]` with fewer rows and columns.
 *
 * @param options - as Keras' MaxPooling2D
 * @throws OptionError for bad options; ShapeError for other inputs than images
 * @example
 * maxPool2d().outputShape([[32, 26, 26, 28]]); // => 32,13,13,28
 */
export function maxPool2d<const K extends PerAxis2d = 2, const S extends PerAxis2d = K, const P extends Padding = 'valid'>(
  options: MaxPool2dOptions<K, S, P> = {},
): Layer<MaxPool2dRule<NoInfer<K>, NoInfer<S>, NoInfer<P>>> {
  const { poolSize = 2, strides = poolSize, padding = 'valid' } = options as MaxPool2dOptions;
  const size = perAxis('maxPool2d', 'poolSize', poolSize, 2);
  const steps = perAxis('maxPool2d', 'strides', strides, 2);
  return defineLayer<MaxPool2dRule<K, S, P>>({
    type: 'maxPool2d',
    name: options.name,
    args: [options],
    outputShape(input) {
      expectRank('maxPool2d', input, ['batch', 'height', 'width', 'channels']);
      const spatial = input.slice(1, 3);
      return [input[0]!, ...windowPositions('maxPool2d', spatial, size, resolveWindow('maxPool2d', spatial, size, { strides: steps, padding })), input[3]!];
    },
    call: (x) => pool(x, { poolSize, strides, padding }),
  });
}
