import { WordTokenizer } from '@chainrule/text-tokenizer';
import { FormatError } from '@chainrule/errors';
import { firstNames, tinyShakespeare } from '@chainrule/data-loaders/node';
import { Generator, randomPermutation } from '@chainrule/tensor';
import { filesOf } from '../filesOf.ts';
import type { TaskRun } from '../task.ts';
import { syllableNames, syllablePerplexity } from './syllables.ts';

/** Texts for character models. Prediction starts at the second character. */
export interface Corpus {
  readonly train: readonly string[];
  readonly test: readonly string[];
  /** The beginning of generated texts. */
  readonly start: string;
  /** The maximum length of generated texts; names end by themselves. */
  readonly length: number;
  /** Whether texts are names, each between two {@link edge}s. */
  readonly isNames: boolean;
  /** The lowest possible perplexity, if it is known. */
  readonly minPerplexity?: number;
}

/** Begins and ends a name. */
export const edge = '\n';

const named = (name: string): string => `${edge}${name}${edge}`;

export async function loadCorpus({ dataset, options }: Pick<TaskRun, 'dataset' | 'options'>): Promise<Corpus> {
  const { seed, limit } = options;
  const from = filesOf(options);
  if (dataset === 'shakespeare') return passages(await tinyShakespeare(from), limit);
  if (dataset === 'names') return heldOut(await firstNames(from), limit, seed);
  const [train, test] = [syllableNames(limit ?? 3000, seed), syllableNames(1000, seed + 1_000_003)];
  return { ...namesOf(train, test), minPerplexity: syllablePerplexity(test) };
}

function namesOf(train: readonly string[], test: readonly string[]): Corpus {
  const longest = Math.max(...[...train, ...test].map((name) => name.length));
  return { train: train.map(named), test: test.map(named), start: edge, length: longest + 1, isNames: true };
}

/** Distinct names; a tenth is held out. */
function heldOut(all: readonly string[], limit: number | undefined, seed: number): Corpus {
  const different = [...new Set(all)];
  if (different.length < 10) throw tooShort('names.txt', '10 different names', different.length);
  const order = randomPermutation(new Generator(seed), different.length).data;
  const shuffled = Array.from(order, (at) => different[at]!);
  const tenth = Math.floor(different.length / 10);
  return namesOf(shuffled.slice(tenth).slice(0, limit), shuffled.slice(0, tenth));
}

const width = 100;

/** A text cut into passages; the last tenth is held out. */
function passages(text: string, limit: number | undefined): Corpus {
  // The last tenth must hold a passage and the character before it.
  if (text.length <= 10 * width) throw tooShort('tinyshakespeare.txt', `${10 * width + 1} characters`, text.length);
  const cut = Math.floor(text.length * 0.9);
  // A passage begins with the last character of the one before it, so that every character is predicted once.
  const passagesOf = (part: string): string[] =>
    Array.from({ length: Math.floor((part.length - 1) / width) }, (_, i) => part.slice(i * width, (i + 1) * width + 1));
  return {
    train: passagesOf(text.slice(0, cut)).slice(0, limit),
    test: passagesOf(text.slice(cut)),
    start: edge,
    length: 400,
    isNames: false,
  };
}

const tooShort = (file: string, least: string, got: number): FormatError =>
  new FormatError(
    `${file}: expected at least ${least}, got ${got}; the file is too short: replace it, or omit --data-dir to download it`,
  );

/** Texts as ids of their characters. */
export interface Letters {
  readonly tokenizer: WordTokenizer;
  readonly train: number[][];
  readonly test: number[][];
  readonly steps: number;
}

/** The texts as ids of their characters, their tokenizer, and the steps of the longest text after its first character. */
export function lettersOf({ train, test }: Pick<Corpus, 'train' | 'test'>): Letters {
  const tokenizer = new WordTokenizer({ charLevel: true, lower: false });
  tokenizer.fitOnTexts([...train, ...test]);
  const [seen, held] = [tokenizer.textsToSequences(train), tokenizer.textsToSequences(test)];
  const steps = [...seen, ...held].reduce((most, { length }) => Math.max(most, length), 0) - 1;
  return { tokenizer, train: seen, test: held, steps };
}
