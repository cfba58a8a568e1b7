import { learnedPositions, multiHeadAttention } from '@chainrule/layers-attention';
import { dense, dropout, embedding } from '@chainrule/layers-dense';
import { add } from '@chainrule/layers-merge';
import { layerNormalization } from '@chainrule/layers-normalization';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { type AnyFunctional, apply, functional, input, type SymbolicTensor } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { gelu, slice, tensor } from '@chainrule/tensor';
import type { Block } from './block.ts';

type Sequence = SymbolicTensor<[number, number]>;

/** Causal attention and a dense network, each on normalized values and added to its input (Radford et al. 2019). Also returns the attention weights. */
export function transformerBlock(x: Sequence, numHeads: number, rate: number): readonly [Sequence, SymbolicTensor] {
  const features = x.shape[1];
  const attention = multiHeadAttention({ numHeads, keyDim: features / numHeads, causal: true, returnScores: true });
  const [attended, weights] = apply(x, layerNormalization(), attention) as unknown as [Sequence, SymbolicTensor];
  const seen = apply([x, apply(attended, dropout(rate))], add()) as Sequence;
  const computed = apply(
    seen,
    layerNormalization(),
    dense(4 * features, { activation: gelu }),
    dense(features),
    dropout(rate),
  );
  return [apply([seen, computed], add()), weights];
}

/** The size of a GPT. */
export interface GptOptions {
  readonly tokens: number;
  /** The number of tokens that it sees. */
  readonly length: number;
  readonly features: number;
  readonly numHeads: number;
  readonly blocks: number;
  readonly dropout: number;
  /** Whether token 0 is padding. Default false. */
  readonly maskZero?: boolean;
}

/** A GPT: the next of `tokens` tokens, from those before it. `attention` ends at the attention weights of each block. */
export function gptModel(options: GptOptions): { readonly model: AnyFunctional; readonly attention: AnyFunctional } {
  const { tokens, length, features, numHeads, blocks, dropout: rate, maskZero = false } = options;
  const words = input([length], { name: 'words', dtype: 'int32' });
  let x = apply(words, embedding(tokens, features, { maskZero }), learnedPositions(length)) as Sequence;
  const weights: SymbolicTensor[] = [];
  for (let i = 0; i < blocks; i++) {
    const [next, attended] = transformerBlock(x, numHeads, rate);
    x = next;
    weights.push(attended);
  }
  return {
    model: functional(words, apply(x, layerNormalization(), dense(tokens))),
    attention: functional(words, weights),
  };
}

/** A small GPT. */
export function gpt(): Block {
  const [tokens, length] = [6, 12];
  const { model } = gptModel({ tokens, length, features: 16, numHeads: 2, blocks: 2, dropout: 0.1 });
  const trainer = model.compile({
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
