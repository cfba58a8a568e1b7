import { aNumber, checkOptions } from '@chainrule/errors/check';
import {
  checkSequence,
  defineLayer,
  type Layer,
  nameCheck,
  type NameOption,
  type SequenceRule,
} from '@chainrule/layers-core';
import { any, scalar as e, expandDims, map, notEqual, type Tensor } from '@chainrule/tensor';

/**
 * Masks the steps of `[batch, time, features]` whose features all equal a value, so that later layers skip them.
 *
 * mask[b, t] is true if any x[b, t, i] ≠ maskValue; masked steps become 0
 *
 * @param maskValue - the value of padding. Default 0
 * @throws ShapeError for an input of another rank
 * @example
 * const [{ mask }] = masking().call([{ data: tensor([[[1, 0], [0, 0]]]) }], { training: false, rng: new Generator(1) });
 * mask.toArray(); // => [[true,false]]
 */
export function masking(maskValue = 0, options: NameOption = {}): Layer<SequenceRule<'masking'>> {
  aNumber('masking', 'maskValue', maskValue);
  checkOptions('masking', options, nameCheck);
  const counts = (x: Tensor): Tensor => any(notEqual(x, maskValue), { axis: -1 });
  return defineLayer<SequenceRule<'masking'>>({
    type: 'masking',
    name: options.name,
    args: [maskValue, options],
    outputShape: (shape) => (checkSequence('masking', shape), shape),
    call: (x) => map((v, counted) => e.select(counted, v, 0), [x, expandDims(counts(x), -1)]),
    mask: counts,
  });
}
