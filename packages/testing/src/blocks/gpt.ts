import { learnedPositions, multiHeadAttention } from '@chainrule/layers-attention';
import { dense, dropout, embedding } from '@chainrule/layers-dense';
import { add } from '@chainrule/layers-merge';
import { layerNormalization } from '@chainrule/layers-normalization';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { apply, functional, input, type SymbolicTensor } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { gelu, slice, tensor } from '@chainrule/tensor';
import type { Block } from './block.ts';

type Sequence = SymbolicTensor<[number, number]>;

/** Causal attention and a dense network, each on normalized values and added to its input (Radford et al. 2019). */
export function transformerBlock(x: Sequence, numHeads: number, rate: number): Sequence {
  const features = x.shape[1];
  const attended = apply(
    x,
    layerNormalization(),
    multiHeadAttention({ numHeads, keyDim: features / numHeads, causal: true }),
    dropout(rate),
  );
  const seen = apply([x, attended], add()) as Sequence;
  const computed = apply(
    seen,
    layerNormalization(),
    dense(4 * features, { activation: gelu }),
    dense(features),
    dropout(rate),
  );
  return apply([seen, computed], add());
}

/** A small GPT: the next of `tokens` tokens, from those before it. */
export function gpt(): Block {
  const [tokens, length, features] = [6, 12, 16];
  const words = input([length], { name: 'words', dtype: 'int32' });
  let x = apply(words, embedding(tokens, features), learnedPositions(length)) as Sequence;
  for (let i = 0; i < 2; i++) x = transformerBlock(x, 2, 0.1);
  const trainer = functional(words, apply(x, layerNormalization(), dense(tokens))).compile({
    optimizer: adam({ learningRate: 0.01 }),
    loss: sparseCategoricalCrossEntropy,
    seed: 1,
  });
  // Sentences that count up, each from another token.
  const rows = Array.from({ length: 12 }, (_, row) =>
    Array.from({ length: length + 1 }, (__, i) => (row + i) % tokens),
  );
  const all = tensor(rows, undefined, 'int32');
  return {
    trainer,
    data: { x: slice(all, [0, 0], [-1, length]), y: slice(all, [0, 1], [-1, length]) },
    epochs: 60,
  };
}
