import { compile } from '@chainrule/compiler';
import { padEnd } from '@chainrule/data-loaders';
import { add, gather, logSoftmax, reshape, stack, tensor, type Tensor } from '@chainrule/tensor';
import { beamSearch, type Frontier, type SearchStep } from './beamSearch.ts';
import type { Encoded } from './encoderDecoder.ts';
import { tensorOf, type Translator } from './translator.ts';

/** Options of the search for translations. */
export interface TranslatingOptions {
  /** The number of hypotheses per sentence; 1 is greedy search. */
  readonly width: number;
  /** The maximum number of words in a translation. */
  readonly maxLength: number;
  /** The number of sentences in a batch. */
  readonly batchSize: number;
}

/** Translates sentences of words. */
export type Translate = (sentences: readonly (readonly string[])[], options: TranslatingOptions) => Promise<string[][]>;

/** Makes a function that translates. One program per beam width runs all steps, since shapes are those of the longest sentence. */
export function translating(translator: Translator): Translate {
  const { net, source, target, backend } = translator;
  const forbidden = forbiddenTokens(translator);
  const encode = compile((x: Tensor) => net.encode(x), { backend, name: 'the encoder' });
  const decode = compile(
    ({ words, state }: Encoded, before: Tensor, origins: Tensor) => {
      const next = net.decode(reshape(before, [-1, 1]), gather(state, origins), words);
      return { state: next.state, logProbabilities: add(logSoftmax(next.logits), forbidden) };
    },
    { backend, name: 'the decoder' },
  );

  const translateBatch = async (
    batch: readonly Tensor[],
    { width, maxLength }: TranslatingOptions,
  ): Promise<string[][]> => {
    const { words, state } = encode(stack(batch));
    const step = async (states: Tensor, { origins, tokens }: Frontier): Promise<SearchStep<Tensor>> => {
      const next = decode({ words, state: states }, tensorOf(tokens), tensorOf(origins));
      return { state: next.state, logProbabilities: await next.logProbabilities.read() };
    };
    const rows = tensorOf(Int32Array.from({ length: batch.length * width }, (_, row) => Math.floor(row / width)));
    const first: Tensor = gather(state, rows);
    const { startToken, endToken } = target;
    const found = await beamSearch({ sentences: batch.length, width, startToken, endToken, maxLength, first, step });
    return found.map(({ tokens }) => target.decode(tokens));
  };

  return async (sentences, options) => {
    const { batchSize } = options;
    const tokens = sentences.map((words) => tensorOf(source.encode(words)));
    const longest = Math.max(...tokens.map(({ size }) => size));
    const translations: string[][] = [];
    for (let from = 0; from < tokens.length; from += batchSize) {
      // Repeat the last sentence to fill the batch.
      const batch = Array.from({ length: batchSize }, (_, i) =>
        padEnd(tokens[Math.min(from + i, tokens.length - 1)]!, longest),
      );
      translations.push(...(await translateBatch(batch, options)).slice(0, tokens.length - from));
    }
    return translations;
  };
}

/** −Infinity for tokens that are not words of a translation; 0 for words. */
function forbiddenTokens({ target }: Translator): Tensor {
  const values = new Float32Array(target.size);
  for (const token of [0, target.startToken, target.unknownToken]) values[token] = -Infinity;
  return tensor(values);
}

/** The attention weights between the words of a translation, including its end, and the words of the sentence: `[translation][sentence]`. */
export async function alignmentOf(
  { net, source, target }: Translator,
  sentence: readonly string[],
  translation: readonly string[],
): Promise<number[][]> {
  const batchOf = (tokens: readonly number[]): Tensor => reshape(tensorOf(tokens), [1, tokens.length]);
  const { words, state } = net.encode(batchOf(source.encode(sentence)));
  const { alignment } = net.decode(batchOf(target.encode(translation).slice(0, -1)), state, words);
  if (!alignment) return [];
  const weights = await alignment.read();
  const columns = alignment.shape[2];
  return Array.from({ length: alignment.shape[1] }, (_, row) => [...weights.slice(row * columns, (row + 1) * columns)]);
}
