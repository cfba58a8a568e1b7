import { type DType, type Expr, map, scalar as e, type Tensor } from '@chainrule/tensor';
import type { Instruction } from './instruction.ts';
import { isFloating, op, pick } from './dynamic.ts';

/** Maps that are defined everywhere and have moderate values. */
const bounded = [
  'tanh',
  'sigmoid',
  'sin',
  'cos',
  'erf',
  'atan',
  'softsign',
  'hardSigmoid',
  'relu6',
  'sign',
  'heaviside',
];
const linear = [
  'abs',
  'neg',
  'relu',
  'elu',
  'celu',
  'selu',
  'gelu',
  'silu',
  'mish',
  'softplus',
  'hardSwish',
  'leakyRelu',
  'logSigmoid',
  'floor',
  'ceil',
  'round',
  'asinh',
];
/** Maps with poles, limited domains, or fast growth. */
const wild = [
  'exp',
  'expm1',
  'log',
  'log1p',
  'sqrt',
  'rsqrt',
  'square',
  'reciprocal',
  'tan',
  'asin',
  'acos',
  'sinh',
  'cosh',
  'acosh',
  'atanh',
];

/** Functions that move an argument into the domain of such a map; the last one leaves it as it is. */
const inside: Readonly<Record<string, (x: Tensor) => Tensor>> = Object.fromEntries(
  wild.map((name) => [name, domainOf(name)]),
);

function domainOf(name: string): (x: Tensor) => Tensor {
  if (['log', 'sqrt', 'rsqrt', 'reciprocal'].includes(name)) return (x) => op('add')(op('abs')(x), 0.5);
  if (name === 'acosh') return (x) => op('add')(op('abs')(x), 1.5);
  if (['asin', 'acos', 'atanh', 'log1p'].includes(name)) return (x) => op('mul')(op('tanh')(x), 0.75);
  return (x) => op('tanh')(x);
}

const unary = Object.fromEntries(
  [...bounded, ...linear].map((name): [string, Instruction] => [name, (a) => op(name)(a)]),
);
const tamed = Object.fromEntries(
  wild.map((name): [string, Instruction] => [
    name,
    (a, _, k) => (isFloating(a) ? op(name)(k % 4 === 3 ? a : inside[name]!(a)) : undefined),
  ]),
);
const binary = Object.fromEntries(
  ['add', 'sub', 'mul', 'maximum', 'minimum', 'atan2', 'mod'].map((name): [string, Instruction] => [
    name,
    (a, b) => op(name)(a, b),
  ]),
);
const comparisons = Object.fromEntries(
  ['less', 'lessEqual', 'greater', 'greaterEqual', 'equal', 'notEqual', 'logicalAnd', 'logicalOr'].map(
    (name): [string, Instruction] => [name, (a, b) => op(name)(a, b)],
  ),
);
const tests = Object.fromEntries(
  ['isNaN', 'isFinite', 'isInf', 'logicalNot'].map((name): [string, Instruction] => [name, (a) => op(name)(a)]),
);

/** Expressions whose other branch is NaN, or has an infinite derivative, at the element. */
const branches: readonly ((x: Expr) => Expr)[] = [
  (x) => e.select(e.gt(x, 0), e.sqrt(x), x),
  (x) => e.select(e.gt(x, 0), e.log(x), e.mul(x, 0.5)),
  (x) => e.select(e.eq(x, 0), 1, e.div(e.sin(x), x)),
  (x) => e.select(e.lt(x, 1), e.sub(1, x), e.sqrt(e.sub(e.mul(x, x), 1))),
];

/** Powers of special values, where IEEE 754 and JavaScript differ. */
const exponents = [2, 0.5, -1, 3, 0, 1, Infinity, -Infinity, NaN];
const dtypes: readonly DType[] = ['float32', 'float64', 'int32', 'bool', 'uint8'];

/** One element for each of the operands. */
export const elementwise: Readonly<Record<string, Instruction>> = {
  ...unary,
  ...tamed,
  ...binary,
  ...comparisons,
  ...tests,
  div: (a, b, k) => (isFloating(a) ? op('div')(a, k % 4 === 3 ? b : op('add')(op('abs')(b), 0.5)) : undefined),
  pow: (a, b, k) =>
    isFloating(a)
      ? op('pow')(k % 4 === 3 ? a : op('add')(op('sigmoid')(a), 0.5), k % 2 ? op('tanh')(b) : b)
      : undefined,
  powNumber: (a, _, k) => (isFloating(a) ? op('pow')(a, pick(exponents, k)) : undefined),
  powOfNumber: (a, _, k) => (isFloating(a) ? op('pow')(pick([1, -1, 2, 0], k), a) : undefined),
  withNumber: (a, _, k) =>
    isFloating(a)
      ? pick(
          [
            () => op('add')(a, 0.1),
            () => op('mul')(a, -0),
            () => op('mul')(1 / 3, a),
            () => op('sub')(1, a),
            () => op('div')(a, 3),
            () => op('minimum')(a, 0.5),
          ],
          k,
        )()
      : undefined,
  withInteger: (a, _, k) =>
    a.dtype === 'int32'
      ? pick(
          [() => op('add')(a, 1e9), () => op('mul')(a, 123456789), () => op('sub')(7, a), () => op('mod')(a, 5)],
          k,
        )()
      : undefined,
  clip: (a, _, k) => op('clip')(a, { min: -(k % 3) / 2, max: k / 5 }),
  where: (a, b, k) => op('where')(op(k % 2 ? 'greater' : 'lessEqual')(a, 0), k % 3 ? b : a, k % 3 === 1 ? a : b),
  branch: (a, _, k) => (isFloating(a) ? map(pick(branches, k), [a]) : undefined),
  whereOfCondition: (a, b) => op('where')(a.dtype === 'bool' ? a : op('isFinite')(a), b, op('neg')(b)),
  cast: (a, _, k, { typed }) => op('cast')(a, typed(pick(dtypes, k))),
  prelu: (a, b) => op('prelu')(a, b),
};
