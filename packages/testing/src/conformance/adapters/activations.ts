import { type Adapter, type Adapters, op } from '../adapter.ts';
import { Unsupported } from '../given.ts';

const plain = [
  'identity',
  'sigmoid',
  'logSigmoid',
  'softplus',
  'softsign',
  'relu',
  'relu6',
  'silu',
  'mish',
  'hardSwish',
];

/** An activation whose only option is `alpha`. */
const withAlpha =
  (name: string): Adapter =>
  (inputs, attrs) =>
    op(name)(inputs.get('x'), attrs.options('alpha'));

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

/** ONNX: `lambd` is the threshold, and `bias` moves the other elements toward 0. */
const shrink: Adapter = (inputs, attrs) => {
  const [x, bias, threshold] = [inputs.get('x'), attrs.number('bias') ?? 0, attrs.number('lambd') ?? 0.5];
  if (bias !== 0 && bias !== threshold)
    throw new Unsupported('not supported: attribute `bias` other than 0 and `lambd`');
  return op(bias === 0 ? 'hardShrink' : 'softShrink')(x, { threshold });
};

const withThreshold =
  (name: string): Adapter =>
  (inputs, attrs) => {
    const threshold = attrs.number('threshold') ?? attrs.number('alpha');
    return op(name)(inputs.get('x'), threshold === undefined ? {} : { threshold });
  };

/** At inference, when dropout is the identity. The mask of another library cannot be drawn again. */
const dropout: Adapter = (inputs, attrs) => {
  attrs.number('rate');
  if (attrs.boolean('training', false))
    throw new Unsupported("not supported: attribute `training` true, the mask is another library's");
  return op('identity')(inputs.get('x'));
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
  dropout,
  shrink,
  thresholdedRelu: withThreshold('thresholdedRelu'),
  hardShrink: withThreshold('hardShrink'),
  softShrink: withThreshold('softShrink'),
};
