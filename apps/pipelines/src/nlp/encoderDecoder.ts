import { luongAttention } from '@chainrule/layers-attention';
import { type BuildContext, type Context, type Layer, normal, type Value } from '@chainrule/layers-core';
import { dense, dropout, embedding } from '@chainrule/layers-dense';
import { bidirectional, gru } from '@chainrule/layers-recurrent';
import { concat, Generator, reshape, type Shape, type Tensor, tanh, type Variable } from '@chainrule/tensor';

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
  readonly variables: readonly Variable[];
  /** int32 `[batch, time]`, 0 after the end of a sentence. */
  encode(source: Tensor, training: boolean): Encoded;
  /**
   * The logits of the token after each target token.
   *
   * @param target - int32 `[rows, time]`: rows that continue from `state`; the same number of adjacent rows for each sentence
   */
  decode(target: Tensor, state: Tensor, words: Value, training: boolean): Decoded;
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
  const rng = new Generator(seed);
  const made: Layer[] = [];
  /** Builds a layer and calls it with its own random stream. */
  const part = (
    name: string,
    layer: Layer,
    ...inputs: readonly Shape[]
  ): ((values: readonly Value[], training: boolean) => Value[]) => {
    const at: BuildContext & Pick<Context, 'rng'> = { rng: rng.stream(name), dtype: 'float32' };
    layer.build(inputs, at);
    made.push(layer);
    return (values, training) => layer.call(values, { training, rng: at.rng });
  };
  const sequence = [1, 1, features];
  const sourceWords = part(
    'sourceWords',
    embedding(sourceTokens, features, { maskZero: true, embeddingsInitializer: unitNormal }),
    [1, 1],
  );
  const sourceDropout = part('sourceDropout', dropout(rate), sequence);
  const reader = part('reader', bidirectional(gru(units, { returnSequences: true, returnState: true })), sequence);
  const bridge = part('bridge', dense(units, { activation: tanh }), [1, 2 * units]);
  const targetWords = part(
    'targetWords',
    embedding(targetTokens, features, { embeddingsInitializer: unitNormal }),
    [1, 1],
  );
  const targetDropout = part('targetDropout', dropout(rate), sequence);
  const writer = part('writer', gru(units, { returnSequences: true, returnState: true }), sequence, [1, units]);
  const look = attention
    ? part(
        'look',
        luongAttention({ score: 'general', scale: true, returnScores: true }),
        [1, 1, units],
        [1, 1, 2 * units],
      )
    : undefined;
  const readout = part('readout', dense(units, { activation: tanh }), [1, 1, attention ? 3 * units : units]);
  const readoutDropout = part('readoutDropout', dropout(rate), [1, 1, units]);
  const logits = part('logits', dense(targetTokens), [1, 1, units]);

  return {
    variables: made.flatMap((layer) => layer.variables().map(({ value }) => value)),
    encode(source, training) {
      const [words, ahead, back] = reader(
        sourceDropout(sourceWords([{ data: source }], training), training),
        training,
      ) as [Value, Value, Value];
      return { words, state: bridge([{ data: concat([ahead.data, back.data], -1) }], training)[0]!.data };
    },
    decode(target, state, words, training) {
      const embedded = targetDropout(targetWords([{ data: target }], training), training);
      const [output, last] = writer([...embedded, { data: state }], training) as [Value, Value];
      // The rows of a sentence attend to it like further words.
      const asked = reshape(output.data, [words.data.shape[0]!, -1, units]);
      const [seen, alignment] = look?.([{ data: asked }, words], training) ?? [];
      const known = reshape(seen ? concat([seen.data, asked], -1) : asked, [...target.shape, -1]);
      return {
        logits: logits(readoutDropout(readout([{ data: known }], training), training), training)[0]!.data,
        state: last.data,
        alignment: alignment?.data,
      };
    },
  };
}
