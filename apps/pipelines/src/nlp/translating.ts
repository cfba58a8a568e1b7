import { compile } from '@chainrule/compiler';
import { padEnd } from '@chainrule/data-loaders';
import { add, gather, logSoftmax, reshape, stack, tensor, type Tensor } from '@chainrule/tensor';
import { beamSearch, type Frontier, type Step } from './beamSearch.ts';
import { tensorOf, type Translator } from './translator.ts';

/** How translations are searched. */
export interface TranslatingOptions {
  /** Hypotheses of each sentence; 1 is greedy. */
  readonly width: number;
  /** The most words of a translation. */
  readonly maxLength: number;
  /** Sentences that are translated at once. */
  readonly batchSize: number;
}

/** Translates sentences of words. All steps of all sentences are one program: shapes are those of the longest sentence. */
export async function translateAll(translator: Translator, sentences: readonly (readonly string[])[], { width, maxLength, batchSize }: TranslatingOptions): Promise<string[][]> {
  const { net, source, target, backend } = translator;
  const tokens = sentences.map((words) => source.encode(words));
  const longest = Math.max(...tokens.map(({ length }) => length));
  const forbidden = forbiddenTokens(translator);
  const encode = compile((x: Tensor) => net.encode(x, false), { backend, name: 'the encoder' });
  const decode = compile(({ words, state }: ReturnType<typeof encode>, before: Tensor, origins: Tensor) => {
    const next = net.decode(reshape(before, [-1, 1]), gather(state, origins), words, false);
    return { state: next.state, logProbabilities: add(logSoftmax(next.logits), forbidden) };
  }, { backend, name: 'the decoder' });
  const translations: string[][] = [];
  for (let from = 0; from < tokens.length; from += batchSize) {
    // A batch that lacks sentences has the last one several times.
    const batch = Array.from({ length: batchSize }, (_, i) => padEnd(tensorOf(tokens[Math.min(from + i, tokens.length - 1)]!), longest));
    const { words, state } = encode(stack(batch));
    const step = async (states: Tensor, { origins, tokens: before }: Frontier): Promise<Step<Tensor>> => {
      const next = decode({ words, state: states }, tensorOf(before), tensorOf(origins));
      return { state: next.state, logProbabilities: await next.logProbabilities.read() };
    };
    const rows = Int32Array.from({ length: batchSize * width }, (_, row) => Math.floor(row / width));
    const first: Tensor = gather(state, tensorOf(rows));
    const { startToken, endToken } = target;
    const found = await beamSearch({ sentences: batchSize, width, startToken, endToken, maxLength, first, step });
    translations.push(...found.slice(0, tokens.length - from).map((hypothesis) => target.decode(hypothesis.tokens)));
  }
  return translations;
}

/** −Infinity for what is no word of a translation, else 0. */
function forbiddenTokens({ target }: Translator): Tensor {
  const values = new Float32Array(target.size);
  for (const token of [0, target.startToken, target.unknownToken]) values[token] = -Infinity;
  return tensor(values);
}

/** How much each word of a translation, and its end, looks at each word of the sentence: `[translation][sentence]`. */
export async function alignmentOf({ net, source, target }: Translator, sentence: readonly string[], translation: readonly string[]): Promise<number[][]> {
  const batchOf = (tokens: readonly number[]): Tensor => reshape(tensorOf(tokens), [1, tokens.length]);
  const { words, state } = net.encode(batchOf(source.encode(sentence)), false);
  const { alignment } = net.decode(batchOf(target.encode(translation).slice(0, -1)), state, words, false);
  if (!alignment) return [];
  const weights = await alignment.read();
  const columns = alignment.shape[2]!;
  return Array.from({ length: alignment.shape[1]! }, (_, row) => [...weights.slice(row * columns, (row + 1) * columns)]);
}
