import { type Adapter, type Adapters, op } from '../adapter.ts';

const plain = ['sigmoid', 'logSigmoid', 'softplus', 'softsign', 'relu', 'relu6', 'silu', 'mish', 'hardSwish'];

/** An activation whose only option is `alpha`. */
const withAlpha = (name: string): Adapter => (inputs, attrs) => op(name)(inputs.get('x'), attrs.options('alpha'));

/** gamma · elu(x, alpha), whose constants SELU has by default. */
const selu: Adapter = (inputs, attrs) => {
  const [x, alpha, gamma] = [inputs.get('x'), attrs.number('alpha'), attrs.number('gamma')];
  if (alpha === undefined && gamma === undefined) return op('selu')(x);
  return op('mul')(op('elu')(x, { alpha: alpha ?? 1.6732632423543772 }), gamma ?? 1.0507009873554805);
};

/** clip(alpha · x + beta, 0, 1); by default Keras', with alpha 1/6 and beta 1/2. */
const hardSigmoid: Adapter = (inputs, attrs) => {
  const [x, alpha, beta] = [inputs.get('x'), attrs.number('alpha'), attrs.number('beta')];
  if (alpha === undefined && beta === undefined) return op('hardSigmoid')(x);
  return op('clip')(op('add')(op('mul')(x, alpha ?? 1 / 6), beta ?? 0.5), { min: 0, max: 1 });
};

const gelu: Adapter = (inputs, attrs) => {
  const approximate = attrs.only<boolean | string>('approximate', false, true, 'none', 'tanh');
  return op('gelu')(inputs.get('x'), { approximate: approximate === true || approximate === 'tanh' });
};

const leakyRelu: Adapter = (inputs, attrs) => {
  const negativeSlope = attrs.number('alpha');
  return op('leakyRelu')(inputs.get('x'), negativeSlope === undefined ? {} : { negativeSlope });
};

export const activations: Adapters = {
  ...Object.fromEntries(plain.map((name): [string, Adapter] => [name, (inputs) => op(name)(inputs.get('x'))])),
  elu: withAlpha('elu'),
  celu: withAlpha('celu'),
  prelu: (inputs) => op('prelu')(inputs.get('x'), inputs.get('alpha')),
  selu,
  hardSigmoid,
  gelu,
  leakyRelu,
};
