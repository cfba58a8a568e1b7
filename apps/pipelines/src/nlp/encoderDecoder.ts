import { luongAttention } from '@chainrule/layers-attention';
import { type Context, type Layer, normal, type Value } from '@chainrule/layers-core';
import { dense, dropout, embedding } from '@chainrule/layers-dense';
import { concatenate } from '@chainrule/layers-merge';
import { bidirectional, gru } from '@chainrule/layers-recurrent';
import { apply, functional, type Functional, input, type SymbolicTensor } from '@chainrule/model';
import { concat, reshape, type Shape, type Tensor, tanh } from '@chainrule/tensor';

/** The sizes of an encoder–decoder. */
export interface EncoderDecoderOptions {
  /** The number of tokens of each language; 0 is padding. */
  readonly sourceTokens: number;
  readonly targetTokens: number;
  /** The size of a word vector. */
  readonly features: number;
  /** Size of the decoder's state, and of the encoder's in each direction. */
  readonly units: number;
  /** The dropout rate of the word vectors and of the inputs of the output layer. */
  readonly dropout: number;
  /** Whether the decoder attends to the whole source; otherwise it gets only the encoder's last states. */
  readonly attention: boolean;
  readonly seed: number;
}

/** The encoded source sentences. */
export interface Encoded {
  /** The output for every word, `[batch, time, 2 · units]`, with the mask of the words. */
  readonly words: Value;
  /** The decoder's first state, `[batch, units]`. */
  readonly state: Tensor;
}

export interface Decoded {
  /** `[rows, time, targetTokens]` */
  readonly logits: Tensor;
  /** The decoder's last state, `[rows, units]`. */
  readonly state: Tensor;
  /** The attention weights, `[batch, words, source]`; undefined without attention. */
  readonly alignment: Tensor | undefined;
}

export interface EncoderDecoder {
  /**
   * The model that is trained: from the tokens of a sentence and the tokens of its translation, each time of the words before,
   * to the logits of the next token.
   */
  readonly model: Functional<TranslationShapes, Shape>;
  /** int32 `[batch, time]`, 0 after the end of a sentence. */
  encode(source: Tensor): Encoded;
  /**
   * The logits of the token after each target token.
   *
   * @param target - int32 `[rows, time]`: rows that continue from `state`; the same number of adjacent rows for each sentence
   */
  decode(target: Tensor, state: Tensor, words: Value): Decoded;
}

/** The shapes of int32 tokens, `[batch, time]`. */
export interface TranslationShapes {
  readonly source: [number, number];
  readonly before: [number, number];
}

/** With ±0.05 as in Keras, the vectors are so similar that the first epochs only separate them. */
const unitNormal = normal({ stddev: 1 });

/**
 * A bidirectional GRU encodes the sentence, and a second GRU decodes from its last states (Cho et al. 2014; Sutskever, Vinyals,
 * Le 2014). With attention, logits = W·tanh(V·[c; h]), where h is the decoder's output, and c is the mean of the encoder's
 * outputs with the weights softmax(h·A·outputs / √features) (Luong, Pham, Manning 2015, "general"). Without the division by
 * √features, the softmax attends to one word for all, and BLEU falls by a third. Attention follows the GRU instead of being
 * part of its loop, so training computes one product for all words.
 */
export function encoderDecoder({
  sourceTokens,
  targetTokens,
  features,
  units,
  dropout: rate,
  attention,
  seed,
}: EncoderDecoderOptions): EncoderDecoder {
  const named = { returnSequences: true, returnState: true } as const;
  const sourceWords = embedding(sourceTokens, features, {
    maskZero: true,
    embeddingsInitializer: unitNormal,
    name: 'sourceWords',
  });
  const reader = bidirectional(gru(units, named), { name: 'reader' });
  const bridge = dense(units, { activation: tanh, name: 'bridge' });
  const targetWords = embedding(targetTokens, features, { embeddingsInitializer: unitNormal, name: 'targetWords' });
  const writer = gru(units, { ...named, name: 'writer' });
  const look = attention
    ? luongAttention({ score: 'general', scale: true, returnScores: true, name: 'look' })
    : undefined;
  const readout = dense(units, { activation: tanh, name: 'readout' });
  const logits = dense(targetTokens, { name: 'logits' });
  const join = concatenate({ name: 'join' });

  const [source, before] = (['source', 'before'] as const).map((name) => input([null], { name, dtype: 'int32' })) as [
    SymbolicTensor<[number]>,
    SymbolicTensor<[number]>,
  ];
  const [words, ahead, back] = several(apply(source, sourceWords, dropout(rate), reader));
  const state = apply([ahead!, back!], join, bridge);
  const [output] = several(apply([apply(before, targetWords, dropout(rate)), state], writer));
  const known = look ? apply([several(apply([output!, words!], look))[0]!, output!], concatenate()) : output!;
  const model = functional({ source, before }, apply(known, readout, dropout(rate), logits)).build({ seed });

  const context: Context = { training: false, rng: model.rng };
  const run = (layer: Layer, ...values: readonly Value[]): Value[] => layer.call(values, context);
  return {
    model,
    encode(tokens) {
      const [read, forward, backward] = run(reader, ...run(sourceWords, { data: tokens })) as [Value, Value, Value];
      return { words: read, state: run(bridge, ...run(join, forward, backward))[0]!.data };
    },
    decode(target, from, read) {
      const [written, last] = run(writer, ...run(targetWords, { data: target }), { data: from }) as [Value, Value];
      // The rows of a sentence attend to it like further words.
      const asked = reshape(written.data, [read.data.shape[0], -1, units]);
      const [seen, alignment] = look ? run(look, { data: asked }, read) : [];
      const all = reshape(seen ? concat([seen.data, asked], -1) : asked, [...target.shape, -1]);
      return {
        logits: run(logits, ...run(readout, { data: all }))[0]!.data,
        state: last.data,
        alignment: alignment?.data,
      };
    },
  };
}

/** The outputs of a layer with several, whose number the types do not follow. */
function several(outputs: unknown): SymbolicTensor[] {
  return outputs as SymbolicTensor[];
}
