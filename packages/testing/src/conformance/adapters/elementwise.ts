import type { DType } from '@chainrule/tensor';
import { type Adapter, type Adapters, op } from '../adapter.ts';

/** Ops of one tensor that Chainrule calls, or will call, as the golden files do. */
const unary = [
  'neg', 'abs', 'sign', 'floor', 'ceil', 'round', 'square', 'sqrt', 'rsqrt', 'exp', 'expm1', 'log', 'log1p', 'sin', 'cos', 'tan',
  'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'erf', 'sigmoid', 'logSigmoid', 'softplus', 'softsign',
  'relu', 'relu6', 'elu', 'selu', 'celu', 'gelu', 'silu', 'mish', 'hardSigmoid', 'hardSwish', 'isNaN', 'isFinite', 'isInf',
];
const binary = ['add', 'sub', 'mul', 'div', 'pow', 'maximum', 'minimum', 'mod', 'atan2'];
const comparisons = ['equal', 'notEqual', 'greater', 'greaterEqual', 'less', 'lessEqual'];

const all = (names: readonly string[], adapterOf: (name: string) => Adapter): Adapters =>
  Object.fromEntries(names.map((name) => [name, adapterOf(name)]));

export const elementwise: Adapters = {
  ...all(unary, (name) => (inputs) => op(name)(inputs.get('x'))),
  ...all([...binary, ...comparisons], (name) => (inputs) => op(name)(inputs.get('a'), inputs.get('b'))),
  reciprocal: (inputs) => op('div')(1, inputs.get('x')),
  leakyRelu: (inputs, attrs) => {
    const negativeSlope = attrs.number('alpha');
    return op('leakyRelu')(inputs.get('x'), negativeSlope === undefined ? {} : { negativeSlope });
  },
  clip: (inputs, attrs) => op('minimum')(op('maximum')(inputs.get('x'), attrs.number('min') ?? -Infinity), attrs.number('max') ?? Infinity),
  linear: (inputs, attrs) => op('add')(op('mul')(inputs.get('x'), attrs.number('alpha') ?? 1), attrs.number('beta') ?? 0),
  // Conditions come as int32.
  where: (inputs) => op('where')(op('cast')(inputs.get('condition'), 'bool'), inputs.get('a'), inputs.get('b')),
  cast: (inputs, attrs) => op('cast')(inputs.get('x'), attrs.only<DType>('dtype', 'float32', 'int32', 'bool')),
};
