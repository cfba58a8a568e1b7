import { readTokenizer, type Tokenizer } from 'chainrule';
import type { start } from './program.ts';

type Run = Awaited<ReturnType<typeof start>>;

/** A token of a sentence. */
export interface Token {
  readonly text: string;
  readonly id: number;
  readonly isUnknown: boolean;
}

/** A sentence as a tokenizer cuts it. */
export interface Cut {
  readonly name: string;
  readonly vocabulary: number;
  readonly tokens: readonly Token[];
  /** What decoding the ids gives. */
  readonly decoded: string;
  /** The tokens with the last ids, newest first; for unigram, the longest. */
  readonly newest: readonly string[];
}

const unknownTokens = ['<unk>', '[UNK]'];
const newestShown = 8;

/** Trains once for all questions at the same step. */
let last: { readonly run: Run; readonly learned: number; readonly tokenizers: Record<string, Tokenizer> } | undefined;
function tokenizersOf(run: Run): Record<string, Tokenizer> {
  const learned = run.state.learned.value.item();
  if (last?.run !== run || last.learned !== learned) last = { run, learned, tokenizers: run.tokenizers() };
  return last.tokenizers;
}

function cut(name: string, tokenizer: Tokenizer, sentence: string): Cut {
  const { ids, tokens } = tokenizer.encode(sentence);
  return {
    name,
    vocabulary: tokenizer.vocabularySize,
    tokens: tokens.map((text, i) => ({ text, id: ids[i]!, isUnknown: unknownTokens.includes(text) })),
    decoded: tokenizer.decode(ids),
    newest: name === 'loaded' ? [] : newestOf(name, tokenizer),
  };
}

function newestOf(name: string, tokenizer: Tokenizer): string[] {
  const all = Array.from({ length: tokenizer.vocabularySize }, (_, id) => tokenizer.token(id) ?? '');
  if (name === 'unigram') all.sort((a, b) => a.length - b.length);
  return all
    .filter((token) => [...token.replace('##', '')].length > 1 && !unknownTokens.includes(token))
    .slice(-newestShown)
    .reverse();
}

export const questions = {
  /** Cuts a sentence with each tokenizer. */
  cut: (run: Run, sentence: string): Cut[] =>
    Object.entries(tokenizersOf(run)).map(([name, tokenizer]) => cut(name, tokenizer, sentence)),
  /** The text that the tokenizers learn from. */
  text: (run: Run): string => run.text,
  /** Fails if the text is not that of a tokenizer.json. */
  check: (_: Run, json: string): void => void readTokenizer(json),
  /** The tokenizer as the text of a file tokenizer.json. */
  json: (run: Run, name: string): string => JSON.stringify(tokenizersOf(run)[name], undefined, 2),
};
