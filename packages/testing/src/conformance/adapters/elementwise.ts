import { type DType, isFloat, type Tensor } from '@chainrule/tensor';
import { type Adapter, type Adapters, op } from '../adapter.ts';

/** Ops of one tensor that have the same name in Chainrule and in the golden files. */
const unary = [
  'neg',
  'abs',
  'sign',
  'floor',
  'ceil',
  'round',
  'reciprocal',
  'square',
  'sqrt',
  'rsqrt',
  'exp',
  'expm1',
  'log',
  'log1p',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
  'erf',
  'erfc',
  'isNaN',
  'isFinite',
  'isInf',
];
/** Ops that combine any number of operands. */
const joining = ['add', 'mul', 'maximum', 'minimum'];
const binary = ['sub', 'div', 'fmod', 'atan2', 'equal', 'notEqual', 'greater', 'greaterEqual', 'less', 'lessEqual'];

const all = (names: readonly string[], adapterOf: (name: string) => Adapter): Adapters =>
  Object.fromEntries(names.map((name) => [name, adapterOf(name)]));

/** Golden files hold conditions as int32. */
const bool = (x: Tensor): Tensor => op('cast')(x, 'bool');

const join =
  (name: string): Adapter =>
  (inputs) => {
    inputs.get('a');
    return inputs.operands().reduce((x, y) => op(name)(x, y));
  };

const logical =
  (name: string): Adapter =>
  (inputs) =>
    op(name)(bool(inputs.get('a')), bool(inputs.get('b')));

/** Exponents may be integers. */
const pow: Adapter = (inputs) => {
  const [a, b] = [inputs.get('a'), inputs.get('b')];
  return op('pow')(a, isFloat(a.dtype) && !isFloat(b.dtype) ? op('cast')(b, a.dtype) : b);
};

/** The remainder has the sign of `b`, or with `fmod` that of `a`. */
const mod: Adapter = (inputs, attrs) =>
  op(attrs.boolean('fmod', false) ? 'fmod' : 'mod')(inputs.get('a'), inputs.get('b'));

/** If the lower bound is above the upper one, the result is the upper one. */
const clip: Adapter = (inputs, attrs) => {
  const [x, min, max] = [inputs.get('x'), attrs.number('min') ?? -Infinity, attrs.number('max') ?? Infinity];
  return min <= max ? op('clip')(x, { min, max }) : op('clip')(op('clip')(x, { min }), { max });
};

export const elementwise: Adapters = {
  ...all(unary, (name) => (inputs) => op(name)(inputs.get('x'))),
  ...all(joining, join),
  ...all(binary, (name) => (inputs) => op(name)(inputs.get('a'), inputs.get('b'))),
  pow,
  mod,
  clip,
  logicalAnd: logical('logicalAnd'),
  logicalOr: logical('logicalOr'),
  logicalXor: logical('notEqual'),
  logicalNot: (inputs) => op('logicalNot')(bool(inputs.get('x'))),
  linear: (inputs, attrs) =>
    op('add')(op('mul')(inputs.get('x'), attrs.number('alpha') ?? 1), attrs.number('beta') ?? 0),
  where: (inputs) => op('where')(bool(inputs.get('condition')), inputs.get('a'), inputs.get('b')),
  cast: (inputs, attrs) => op('cast')(inputs.get('x'), attrs.only<DType>('dtype', 'float32', 'int32', 'bool')),
};
