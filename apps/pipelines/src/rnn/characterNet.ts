import { dense, embedding } from '@chainrule/layers-dense';
import { gru } from '@chainrule/layers-recurrent';
import { input, type Sequential, sequential } from '@chainrule/model';
import { tensor } from '@chainrule/tensor';
import { type Padded, padSequences } from '@chainrule/text-tokenizer';
import type { Samples } from '../trainModel.ts';

/** What a net is to be. */
export interface CharacterNet {
  /** How many tokens there are, 0 for padding among them. */
  readonly vocabulary: number;
  readonly units: number;
  readonly steps: number;
  /** Whether it predicts what follows every step, or the last one only. */
  readonly returnSequences: boolean;
  /** How many texts it keeps the states of, from one call to the next. By default none. */
  readonly stateful?: number;
}

/** Characters to logits of the character that follows. */
export function characterNet({ vocabulary, units, steps, ...options }: CharacterNet): Sequential {
  return sequential(
    input([steps]),
    embedding(vocabulary, 32, { maskZero: true }),
    gru(units, options),
    dense(vocabulary),
  );
}

/** Many to many: a text, and at every step the character that follows. Padding comes last. */
export function wholeTexts(sequences: readonly (readonly number[])[], steps: number): Samples {
  const padded = (texts: readonly (readonly number[])[]): Padded =>
    padSequences(texts, { maxLength: steps, padding: 'post', truncating: 'post' });
  return samplesOf(padded(sequences.map((text) => text.slice(0, -1))), padded(sequences.map((text) => text.slice(1))));
}

/** Many to one: up to `size` characters, and the one that follows; of at most `most` places, evenly over all texts. */
export function windows(sequences: readonly (readonly number[])[], size: number, most: number): Samples {
  const places = sequences.flatMap((text, row) => text.slice(1).map((_, i) => [row, i + 1] as const));
  const every = Math.max(1, places.length / most);
  const taken = Array.from({ length: Math.min(most, places.length) }, (_, i) => places[Math.floor(i * every)]!);
  const before = padSequences(
    taken.map(([row, at]) => sequences[row]!.slice(Math.max(0, at - size), at)),
    { maxLength: size },
  );
  return samplesOf(before, {
    data: Int32Array.from(taken, ([row, at]) => sequences[row]![at]!),
    shape: [taken.length],
  });
}

function samplesOf(x: Padded, y: { readonly data: Padded['data']; readonly shape: readonly number[] }): Samples {
  return { x: tensor(x.data, x.shape, 'int32'), y: tensor(y.data, y.shape, 'int32') };
}
