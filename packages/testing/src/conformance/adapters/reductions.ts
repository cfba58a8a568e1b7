import type { Tensor } from '@chainrule/tensor';
import { type Adapter, type Adapters, given, op } from '../adapter.ts';
import { type Attrs, Unsupported } from '../given.ts';

/** Reduces `x`, after `before` where a golden op is a reduction of something simple. */
function reduction(name: string, before: (x: Tensor) => Tensor = (x) => x): Adapter {
  return (inputs, attrs) => op(name)(before(inputs.get('x')), reduceOptions(attrs));
}

function reduceOptions(attrs: Attrs): Record<string, unknown> {
  return given({ axis: attrs.numbers('axis'), keepDims: attrs.boolean('keepDims') });
}

const position = (name: string): Adapter => (inputs, attrs) =>
  op(name)(inputs.get('x'), given({ axis: attrs.number('axis'), keepDims: attrs.boolean('keepDims') }));

const alongAxis = (name: string): Adapter => (inputs, attrs) => op(name)(inputs.get('x'), given({ axis: attrs.number('axis') }));

const vectorNorm: Adapter = (inputs, attrs) => {
  const [x, ord, options] = [inputs.get('x'), attrs.number('ord') ?? 2, reduceOptions(attrs)];
  if (ord === 1) return op('sum')(op('abs')(x), options);
  if (ord === 2) return op('sqrt')(op('sum')(op('square')(x), options));
  throw new Unsupported(`not supported: attribute \`ord\` ${ord}`);
};

/** A running sum: `reverse` from the end, `exclusive` without the element itself. */
const running = (name: string, empty: number): Adapter => (inputs, attrs) => {
  const x = inputs.get('x');
  const axis = attrs.number('axis') ?? -1;
  const [reverse, exclusive] = [attrs.boolean('reverse'), attrs.boolean('exclusive')];
  const along = reverse ? op('flip')(x, axis) : x;
  const result = op(name)(exclusive ? shiftIn(along, axis, empty) : along, axis);
  return reverse ? op('flip')(result, axis) : result;
};

/** Moves the elements one place on along an axis; the last falls off. */
function shiftIn(x: Tensor, axis: number, value: number): Tensor {
  const at = axis < 0 ? axis + x.rank : axis;
  const padded = op('pad')(x, x.shape.map((_, i) => [i === at ? 1 : 0, 0]), value);
  return op('slice')(padded, x.shape.map(() => 0), x.shape);
}

export const reductions: Adapters = {
  sum: reduction('sum'),
  mean: reduction('mean'),
  max: reduction('max'),
  min: reduction('min'),
  prod: reduction('prod'),
  logSumExp: reduction('logSumExp'),
  sumSquare: reduction('sum', (x) => op('square')(x)),
  logSum: (inputs, attrs) => op('log')(op('sum')(inputs.get('x'), reduceOptions(attrs))),
  vectorNorm,
  argMax: position('argmax'),
  argMin: position('argmin'),
  softmax: alongAxis('softmax'),
  logSoftmax: alongAxis('logSoftmax'),
  cumsum: running('cumsum', 0),
  cumprod: running('cumprod', 1),
};
