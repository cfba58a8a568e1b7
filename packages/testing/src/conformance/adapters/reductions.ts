import type { Tensor } from '@chainrule/tensor';
import { type Adapter, type Adapters, given, op } from '../adapter.ts';
import { type Attrs, Unsupported } from '../given.ts';

function reduceOptions(attrs: Attrs): Record<string, unknown> {
  return given({ axis: attrs.numbers('axis'), keepDims: attrs.boolean('keepDims') });
}

/** Reduces `x`. `before` is applied first, for golden ops that reduce a simple function of `x`. */
function reduction(name: string, before: (x: Tensor) => Tensor = (x) => x): Adapter {
  return (inputs, attrs) => op(name)(before(inputs.get('x')), reduceOptions(attrs));
}

const truth = (x: Tensor): Tensor => op('cast')(x, 'bool');

const spread =
  (name: string): Adapter =>
  (inputs, attrs) =>
    op(name)(inputs.get('x'), { ...reduceOptions(attrs), ...given({ correction: attrs.number('correction') }) });

const position =
  (name: string): Adapter =>
  (inputs, attrs) =>
    op(name)(inputs.get('x'), given({ axis: attrs.number('axis'), keepDims: attrs.boolean('keepDims') }));

const alongAxis =
  (name: string): Adapter =>
  (inputs, attrs) =>
    op(name)(inputs.get('x'), given({ axis: attrs.number('axis') }));

const vectorNorm: Adapter = (inputs, attrs) => {
  const ord = attrs.number('ord') ?? 2;
  if (ord !== 1 && ord !== 2) throw new Unsupported(`not supported: attribute \`ord\` ${ord}`);
  return op('norm')(inputs.get('x'), { ord, ...reduceOptions(attrs) });
};

const running =
  (name: string): Adapter =>
  (inputs, attrs) =>
    op(name)(inputs.get('x'), attrs.number('axis') ?? -1, {
      exclusive: attrs.boolean('exclusive'),
      reverse: attrs.boolean('reverse'),
    });

export const reductions: Adapters = {
  sum: reduction('sum'),
  mean: reduction('mean'),
  max: reduction('max'),
  min: reduction('min'),
  prod: reduction('prod'),
  logSumExp: reduction('logSumExp'),
  sumSquare: reduction('sum', (x) => op('square')(x)),
  logSum: (inputs, attrs) => op('log')(op('sum')(inputs.get('x'), reduceOptions(attrs))),
  all: reduction('all', truth),
  any: reduction('any', truth),
  variance: spread('variance'),
  std: spread('std'),
  vectorNorm,
  argMax: position('argmax'),
  argMin: position('argmin'),
  softmax: alongAxis('softmax'),
  logSoftmax: alongAxis('logSoftmax'),
  cumsum: running('cumsum'),
  cumprod: running('cumprod'),
};
