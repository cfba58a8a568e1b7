import { luongAttention } from '@chainrule/layers-attention';
import { type BuildContext, type Context, type Layer, normal, type Value } from '@chainrule/layers-core';
import { dense, dropout, embedding } from '@chainrule/layers-dense';
import { bidirectional, gru } from '@chainrule/layers-recurrent';
import { concat, Generator, reshape, type Shape, type Tensor, tanh, type Variable } from '@chainrule/tensor';

/** How large an encoder–decoder is. */
export interface EncoderDecoderOptions {
  /** How many tokens each language has; 0 is padding. */
  readonly sourceTokens: number;
  readonly targetTokens: number;
  /** Features of a word. */
  readonly features: number;
  /** Size of the decoder's state, and of the encoder's in each direction. */
  readonly units: number;
  /** Part of the words' features, and of what words are read from, that is dropped while training. */
  readonly dropout: number;
  /** Whether the decoder looks at all of the source, or knows only the encoder's last states. */
  readonly attention: boolean;
  readonly seed: number;
}

/** What is known of source sentences. */
export interface Encoded {
  /** Of every word, `[batch, time, 2 · units]`, with the mask of the words. */
  readonly words: Value;
  /** The decoder's first state, `[batch, units]`. */
  readonly state: Tensor;
}

export interface Decoded {
  /** `[rows, time, targetTokens]` */
  readonly logits: Tensor;
  /** The decoder's last state, `[rows, units]`. */
  readonly state: Tensor;
  /** How much each word looks at each of the source, `[batch, words, source]`; none without attention. */
  readonly alignment: Tensor | undefined;
}

export interface EncoderDecoder {
  readonly variables: readonly Variable[];
  /** int32 `[batch, time]`, 0 where a sentence has ended. */
  encode(source: Tensor, training: boolean): Encoded;
  /**
   * What follows each of the target's tokens.
   *
   * @param target - int32 `[rows, time]`: rows that go on from `state`, the same number for each sentence, one after the other
   */
  decode(target: Tensor, state: Tensor, words: Value, training: boolean): Decoded;
}

/** Keras' ±0.05 makes words so alike that the first epochs are spent on telling them apart. */
const unitNormal = normal({ stddev: 1 });

/**
 * A GRU that reads a sentence from both ends, and one that writes from the states where that ended (Cho et al. 2014; Sutskever,
 * Vinyals, Le 2014). With attention each word is read from the writing GRU's output beside the part of the source that fits it:
 * logits = W·tanh(V·[c; h]), c the average of the source's outputs by the weights softmax(h·A·outputs / √features) (Luong,
 * Pham, Manning 2015, "general"). Undivided scores drive the softmax to one word for all, and cost a third of the BLEU.
 * Attention comes after the GRU, not in its loop, so that training takes one product for all words.
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
  /** A layer that is built and is called with its own randomness. */
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
      // A sentence's rows are so many more words that look at it.
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
