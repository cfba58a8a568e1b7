import {
  bertNormalizer,
  bpe,
  byteAlphabet,
  byteLevel,
  byteLevelDecoder,
  countWords,
  fuseDecoder,
  metaspace,
  metaspaceDecoder,
  splitBertWords,
  splitWords,
  Tokenizer,
  trainBpe,
  trainUnigram,
  trainWordPiece,
  wordLevel,
  wordPieceDecoder,
} from '@chainrule/text-tokenizer';

/** The token of what a vocabulary lacks. */
export const unknown = '<unk>';

/** Trains a tokenizer on lines, with a vocabulary of about a size. */
export type TrainTokenizer = (lines: readonly string[], vocabSize: number) => Tokenizer;

export type TokenizerName = 'words' | 'characters' | 'BPE' | 'WordPiece' | 'unigram';

/** Ways to cut a text into tokens. */
export const tokenizers: Readonly<Record<TokenizerName, TrainTokenizer>> = {
  /** The most frequent words and punctuation marks. */
  words(lines, vocabSize) {
    const preTokenizer = splitWords();
    const frequent = [...countWords(lines, { preTokenizer })].sort(([, a], [, b]) => b - a).slice(0, vocabSize - 1);
    const vocab = numbered([unknown, ...frequent.map(([word]) => word)]);
    return new Tokenizer({ preTokenizer, model: wordLevel({ vocab, unkToken: unknown }) });
  },
  /** All characters of the lines: byte-pair encoding without merges. */
  characters(lines) {
    const vocab = numbered([unknown, ...new Set(lines.flatMap((line) => [...line]))]);
    return new Tokenizer({ model: bpe({ vocab, merges: [], unkToken: unknown }), decoder: fuseDecoder() });
  },
  /** Byte-pair encoding of bytes, as GPT-2 uses it: knows every text. */
  BPE(lines, vocabSize) {
    const preTokenizer = byteLevel();
    const model = trainBpe(countWords(lines, { preTokenizer }), { vocabSize, initialAlphabet: byteAlphabet });
    return new Tokenizer({ preTokenizer, model, decoder: byteLevelDecoder() });
  },
  /** WordPiece of lowercase words, as BERT uses it: `##` marks a token within a word. */
  WordPiece(lines, vocabSize) {
    const steps = { normalizer: bertNormalizer(), preTokenizer: splitBertWords() };
    const model = trainWordPiece(countWords(lines, steps), { vocabSize, unkToken: unknown });
    return new Tokenizer({ ...steps, model, decoder: wordPieceDecoder() });
  },
  /** The most probable pieces, as T5 uses them: `▁` marks a space. */
  unigram(lines, vocabSize) {
    const preTokenizer = metaspace();
    const model = trainUnigram(countWords(lines, { preTokenizer }), { vocabSize, unkToken: unknown });
    return new Tokenizer({ preTokenizer, model, decoder: metaspaceDecoder() });
  },
};

function numbered(tokens: readonly string[]): Map<string, number> {
  return new Map(tokens.map((token, id) => [token, id]));
}

/** What a tokenizer makes of lines. */
export interface Tokenized {
  readonly vocabulary: number;
  readonly tokens: number;
  readonly charactersPerToken: number;
  /** The share of tokens that are {@link unknown}. */
  readonly unknownShare: number;
  /** The share of lines that decoding restores exactly. */
  readonly roundTrip: number;
}

export function measureTokenizer(tokenizer: Tokenizer, lines: readonly string[]): Tokenized {
  let [tokens, characters, missing, restored] = [0, 0, 0, 0];
  for (const line of lines) {
    const encoding = tokenizer.encode(line);
    tokens += encoding.tokens.length;
    characters += [...line].length;
    missing += encoding.tokens.filter((token) => token === unknown).length;
    if (tokenizer.decode(encoding.ids) === line) restored++;
  }
  return {
    vocabulary: tokenizer.vocabularySize,
    tokens,
    charactersPerToken: characters / tokens,
    unknownShare: missing / tokens,
    roundTrip: restored / lines.length,
  };
}
