import { aNumber, checkOptions } from '@chainrule/errors/check';
import { defineLayer, type Layer, nameCheck, type NameOption, type SameShapeRule } from '@chainrule/layers-core';
import { map, scalar as e } from '@chainrule/tensor';

/**
 * Scales and shifts the input, for example to convert uint8 pixels to numbers in [0, 1].
 *
 * y = scale · x + offset, in float32, or float64 for a float64 input
 *
 * @example
 * rescaling(1 / 255).outputShape([[32, 28, 28, 1]]); // => 32,28,28,1
 */
export function rescaling(scale: number, offset = 0, options: NameOption = {}): Layer<SameShapeRule> {
  aNumber('rescaling', 'scale', scale);
  aNumber('rescaling', 'offset', offset);
  checkOptions('rescaling', options, nameCheck);
  return defineLayer<SameShapeRule>({
    type: 'rescaling',
    name: options.name,
    args: [scale, offset, options],
    outputShape: (shape) => shape,
    call: (x) => map((v) => e.add(e.mul(e.cast(v, x.dtype === 'float64' ? 'float64' : 'float32'), scale), offset), [x]),
  });
}
