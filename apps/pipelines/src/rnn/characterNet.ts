import { dense, embedding } from '@chainrule/layers-dense';
import { gru } from '@chainrule/layers-recurrent';
import { input, type Sequential, sequential } from '@chainrule/model';
import { tensor } from '@chainrule/tensor';
import { type Padded, padSequences } from '@chainrule/text-tokenizer';
import type { Samples } from '../trainModel.ts';

/** Options of a character network. */
export interface CharacterNet {
  /** The number of tokens, including 0 for padding. */
  readonly vocabulary: number;
  readonly units: number;
  readonly steps: number;
  /** Whether it predicts a character after every step or only after the last one. */
  readonly returnSequences: boolean;
  /** The number of texts whose states it keeps between calls. By default, it is not stateful. */
  readonly stateful?: number;
  /** Whether it learns the state from which a text begins. Default false: zeros. */
  readonly learnInitialState?: boolean;
}

/** Maps characters to the logits of the next character. */
export function characterNet({ vocabulary, units, steps, ...options }: CharacterNet): Sequential {
  return sequential(
    input([steps]),
    embedding(vocabulary, 32, { maskZero: true }),
    gru(units, options),
    dense(vocabulary),
  );
}

/** Many-to-many samples: texts, and the next character at every step. Padding is at the end. */
export function wholeTexts(sequences: readonly (readonly number[])[], steps: number): Samples {
  const padded = (texts: readonly (readonly number[])[]): Padded =>
    padSequences(texts, { maxLength: steps, padding: 'post', truncating: 'post' });
  return samplesOf(padded(sequences.map((text) => text.slice(0, -1))), padded(sequences.map((text) => text.slice(1))));
}

/** Many-to-one samples: up to `size` characters and the next one, at `most` or fewer places, evenly spaced over all texts. */
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
