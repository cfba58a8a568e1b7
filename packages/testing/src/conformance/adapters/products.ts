import type { Tensor } from '@chainrule/tensor';
import { dense as denseLayer, embedding as embeddingLayer } from '@chainrule/layers-dense';
import { type Adapter, type Adapters, given, op } from '../adapter.ts';
import { callLayer, holdWeights } from '../layers.ts';
import { type Attrs, Unsupported } from '../given.ts';

const transposes = (attrs: Attrs): Record<string, unknown> => ({
  transposeA: attrs.boolean('transposeA'),
  transposeB: attrs.boolean('transposeB'),
});

/** The result of a vector lacks the axis of the rows, or that of the columns. */
const matmul: Adapter = (inputs, attrs) => {
  const [a, b, options] = [inputs.get('a'), inputs.get('b'), transposes(attrs)];
  if (a.rank > 1 && b.rank > 1) return op('matmul')(a, b, options);
  if (options.transposeA || options.transposeB)
    throw new Unsupported('not supported: attributes `transposeA`, `transposeB` of vectors');
  return op('tensordot')(a, b, [[-1], [Math.max(-b.rank, -2)]]);
};

const einsum: Adapter = (inputs, attrs) => {
  const subscripts = attrs.text('equation') ?? attrs.text('subscripts');
  if (subscripts === undefined) throw new Unsupported('attribute `equation` is missing');
  return op('einsum')(subscripts, ...inputs.operands());
};

/** alpha · a·b + beta · c */
const gemm: Adapter = (inputs, attrs) => {
  const product = op('matmul')(inputs.get('a'), inputs.get('b'), transposes(attrs));
  const [alpha, beta, c] = [attrs.number('alpha') ?? 1, attrs.number('beta') ?? 1, inputs.find('c')];
  const scaled = alpha === 1 ? product : op('mul')(product, alpha);
  if (!c) return scaled;
  return op('add')(scaled, beta === 1 ? c : op('mul')(c, beta));
};

const dense: Adapter = {
  prepare(inputs, attrs) {
    const [x, kernel, bias] = [inputs.get('x'), inputs.get('kernel'), inputs.find('bias')];
    const activation = attrs.text('activation') ?? 'linear';
    const layer = denseLayer(
      kernel.shape[1],
      given({ useBias: bias !== undefined, activation: activation === 'linear' ? undefined : op(activation) }),
    );
    const weights = holdWeights(layer, [x], given({ kernel, bias }) as Record<string, Tensor>);
    return { weights, compute: (symbols) => callLayer(layer, [symbols.get('x')])[0]! };
  },
};

const embedding: Adapter = {
  prepare(inputs) {
    const [indices, embeddings] = [inputs.get('indices'), inputs.get('embeddings')];
    const layer = embeddingLayer(embeddings.shape[0], embeddings.shape[1]);
    const weights = holdWeights(layer, [indices], { embeddings });
    return { weights, compute: (symbols) => callLayer(layer, [symbols.get('indices')])[0]! };
  },
};

export const products: Adapters = {
  matmul,
  gemm,
  einsum,
  tensordot: (inputs, attrs) => op('tensordot')(inputs.get('a'), inputs.get('b'), attrs.find('axes')),
  dot: (inputs) => op('dot')(inputs.get('a'), inputs.get('b')),
  outer: (inputs) => op('outer')(inputs.get('a'), inputs.get('b')),
  dense,
  embedding,
};
