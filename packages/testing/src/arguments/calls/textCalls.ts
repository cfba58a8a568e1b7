import {
  Aligned,
  lowercase,
  splitWhitespace,
  Tokenizer,
  Vocabulary,
  wordLevel,
  WordTokenizer,
} from '@chainrule/text-tokenizer';
import { FastTextVectors, WordVectors, writeTextVectors } from '@chainrule/embeddings';
import { tensor } from '@chainrule/tensor';
import { inScratch } from './scratch.ts';
import type { Table } from './table.ts';

const counts = (): Map<string, number> => new Map([['low', 5], ['slow', 2]]); // prettier-ignore
const vocab = (): string[] => ['<unk>', 'a', 'b', 'ab'];
const none: Table[string] = () => [];

export const tokenizer = (): Tokenizer =>
  new Tokenizer({ model: wordLevel({ vocab: vocab() }), preTokenizer: splitWhitespace(), addedTokens: ['<s>'] });
export const wordTokenizer = (): WordTokenizer => {
  const made = new WordTokenizer({ oovToken: '<oov>' });
  made.fitOnTexts(['the cat', 'the dog']);
  return made;
};
export const vocabulary = (): Vocabulary => new Vocabulary(vocab());
async function* stream(): AsyncGenerator<string> {
  yield* await Promise.resolve(['a b', 'c']);
}

export const textCalls: Table = {
  Aligned: () => ['text', 0, Int32Array.of(0, 1, 1, 2, 2, 3, 3, 4)],
  rewrite: () => [new Aligned('abc'), /b/g, () => 'x'],
  transform: () => [new Aligned('abc'), /b/g, () => 'x'],
  byteFallbackDecoder: none,
  byteLevelDecoder: none,
  ctcDecoder: () => [{ padToken: '<pad>', wordDelimiterToken: '|', cleanup: true }],
  decoderSequence: () => [[]],
  fuseDecoder: none,
  metaspaceDecoder: () => [{ replacement: '▁', prependScheme: 'always' }],
  replaceDecoder: () => ['a', 'b'],
  stripDecoder: () => [' ', 1, 1],
  suffixDecoder: () => ['</w>'],
  wordPieceDecoder: () => [{ prefix: '##', cleanup: true }],
  bpe: () => [
    {
      vocab: vocab(),
      merges: [['a', 'b']],
      continuingSubwordPrefix: '',
      endOfWordSuffix: '',
      ignoreMerges: true,
      dropout: 0.5,
      random: () => 0.5,
      unkToken: '<unk>',
      fuseUnk: true,
      byteFallback: false,
    },
  ],
  unigram: () => [{ pieces: [['<unk>', 0], ['a', -1]], unkId: 0, byteFallback: true }], // prettier-ignore
  Vocabulary: () => [vocab(), { repeats: true }],
  wordLevel: () => [{ vocab: vocab(), unkToken: '<unk>' }],
  wordPiece: () => [{ vocab: vocab(), unkToken: '<unk>', continuingSubwordPrefix: '##', maxInputCharsPerWord: 9 }],
  bertNormalizer: () => [{ cleanText: true, handleChineseChars: true, stripAccents: true, lowercase: true }],
  byteNormalizer: none,
  lowercase: none,
  nmt: none,
  normalizerSequence: () => [[lowercase()]],
  precompiled: () => [btoa(String.fromCharCode(4, 0, 0, 0, 0, 0, 0, 0))],
  prependText: () => ['▁'],
  replacePattern: () => [{ regex: 'a+' }, 'b'],
  stripAccents: none,
  stripSpaces: () => [{ left: true, right: true }],
  unicodeForm: () => ['NFC'],
  padSequences: () => [[[1], [2, 3]], { maxLength: 2, padding: 'pre', truncating: 'post', value: 0, dtype: 'int32' }],
  bertProcessing: () => [['[SEP]', 2], ['[CLS]', 1]], // prettier-ignore
  byteLevelProcessing: () => [{ trimOffsets: true }],
  processorSequence: () => [[]],
  robertaProcessing: () => [['</s>', 2], ['<s>', 1], { trimOffsets: true, addPrefixSpace: true }], // prettier-ignore
  template: () => [
    { single: [{ token: '<s>' }, { text: 'A' }], pair: [{ text: 'A' }, { text: 'B' }], specialTokens: { '<s>': 1 } },
  ],
  byteLevel: () => [{ addPrefixSpace: true, useRegex: true }],
  metaspace: () => [{ replacement: '▁', prependScheme: 'always', split: true }],
  preTokenizerSequence: () => [[splitWhitespace()]],
  splitDigits: () => [{ individualDigits: true }],
  splitLength: () => [3],
  splitPattern: () => [{ regex: 'a+' }, { behavior: 'isolated', invert: false }],
  splitPunctuation: () => ['isolated'],
  splitScripts: none,
  segmentWords: () => ['one two', 'en'],
  splitSegments: () => ['en'],
  splitBertWords: none,
  splitWhitespace: none,
  splitWords: none,
  readTokenizer: () => [JSON.stringify(tokenizer()), { name: 'file', random: () => 0.5 }],
  textLines: () => [
    [Uint8Array.of(97, 10)],
    { encoding: 'utf-8', replaceInvalid: true, maxLineLength: 9, name: 'file' },
  ],
  Tokenizer: () => [
    { normalizer: lowercase(), model: wordLevel({ vocab: vocab() }), addedTokens: [{ content: '<s>' }] },
  ],
  countWords: () => [['a b', 'c'], { normalizer: lowercase(), preTokenizer: splitWhitespace() }],
  countWordsAsync: () => [stream(), { normalizer: lowercase(), preTokenizer: splitWhitespace() }],
  trainBpe: () => [
    counts(),
    {
      vocabSize: 9,
      specialTokens: ['<s>'],
      minFrequency: 1,
      initialAlphabet: ['a'],
      limitAlphabet: 9,
      unkToken: '?',
      endOfWordSuffix: '</w>',
    },
  ],
  trainUnigram: () => [
    counts(),
    {
      vocabSize: 9,
      specialTokens: ['<s>'],
      unkToken: '?',
      maxPieceLength: 3,
      seedSize: 99,
      shrinkingFactor: 0.5,
      subIterations: 1,
    },
  ],
  trainWordPiece: () => [
    counts(),
    { vocabSize: 9, specialTokens: ['<s>'], minFrequency: 1, unkToken: '?', continuingSubwordPrefix: '##' },
  ],
  WordTokenizer: () => [
    {
      numWords: 9,
      minCount: 1,
      filters: '!',
      lower: true,
      split: ' ',
      charLevel: false,
      oovToken: '?',
      normalize: 'NFC',
      analyzer: (text: string) => [text],
    },
  ],
};

export const textNodeCalls: Table = {
  fileLines: () => [
    inScratch('lines.txt'),
    { encoding: 'utf-8', replaceInvalid: true, maxLineLength: 9, name: 'file' },
  ],
};

export const tokenizerCalls: Table = {
  id: () => ['a'],
  token: () => [1],
  encode: () => ['a b', { pair: 'a', addSpecialTokens: true, maxLength: 2 }],
  encodeBatch: () => [['a b', 'a'], { addSpecialTokens: true, maxLength: 2 }],
  decode: () => [[1, 2], { skipSpecialTokens: true }],
  toJSON: none,
};
export const wordTokenizerCalls: Table = {
  words: () => ['The cat'],
  fitOnTexts: () => [['the cat']],
  fitOnStream: () => [stream()],
  textsToSequences: () => [['the cat']],
  sequencesToTexts: () => [[[1, 2]]],
  textsToMatrix: () => [['the cat'], 'count'],
  sequencesToMatrix: () => [[[1, 2]], 'count'],
  toJSON: none,
};
export const wordTokenizerStatics: Table = { fromJSON: () => [JSON.stringify(wordTokenizer())] };
export const vocabularyCalls: Table = { id: () => ['a'], token: () => [1], entries: none, toJSON: none };
export const alignedCalls: Table = { slice: () => [0, 1], from: () => [0], to: () => [1] };
export const tokenModelCalls: Table = { encodeWord: () => ['ab'], toJSON: none };

export const vectors = (): WordVectors => new WordVectors(['a', 'b'], tensor([[1, 0], [0, 1]])); // prettier-ignore
const subwords = (): object => ({
  options: { minN: 1, maxN: 2, bucket: 10 },
  rows: new Map([[1, 0]]),
  vectors: Float32Array.of(1, 2),
});
export const fastTextVectors = (): FastTextVectors =>
  new FastTextVectors(['a', 'b'], tensor([[1, 0], [0, 1]]), subwords() as never); // prettier-ignore
const sentences = (): string[][] => [['a', 'b', 'a'], ['b', 'a']]; // prettier-ignore
const training = (): object => ({
  vectorSize: 2,
  window: 1,
  learningRate: 0.1,
  epochs: 1,
  batchSize: 2,
  seed: 1,
  minCount: 1,
  maxVocab: 9,
  onProgress: () => undefined,
});
const windows = (): object => ({
  ...training(),
  architecture: 'skipGram',
  negative: 1,
  hierarchicalSoftmax: false,
  negativeExponent: 0.75,
  sample: 0.1,
  minLearningRate: 0.01,
});
const section = (): object => ({ name: 'kind', questions: [['a', 'b', 'a', 'b']] });
const textFile = [...writeTextVectors(vectors())];
const reading = (): object => ({ replaceInvalid: true, duplicates: 'throw', limit: 9, name: 'file' });

export const embeddingCalls: Table = {
  readAnalogyQuestions: () => [': kind\na b c d\n'],
  readBinaryVectors: () => [new TextEncoder().encode('1 1\na \0\0\0\0'), reading()],
  writeBinaryVectors: () => [vectors()],
  evaluateAnalogies: () => [vectors(), [section()], { method: '3CosAdd' }],
  evaluateSimilarity: () => [vectors(), [{ a: 'a', b: 'b', score: 1 }]],
  fastText: () => [sentences(), { ...windows(), minN: 1, maxN: 2, bucket: 9 }],
  FastTextVectors: () => [['a', 'b'], tensor([[1, 0], [0, 1]]), subwords()], // prettier-ignore
  glove: () => [sentences(), { ...training(), xMax: 10, alpha: 0.75 }],
  readSimilarityPairs: () => ['a,b,1\n'],
  readTextVectors: () => [textFile, { ...reading(), header: true, spacesInWords: false }],
  writeTextVectors: () => [vectors(), { header: true }],
  word2vec: () => [sentences(), windows()],
  WordVectors: () => [['a', 'b'], tensor([[1, 0], [0, 1]])], // prettier-ignore
};
export const vectorCalls: Table = {
  has: () => ['a'],
  indexOf: () => ['a'],
  vector: () => ['a'],
  similarity: () => ['a', 'b'],
  neighbors: () => ['a', 1],
  analogy: () => [
    { positive: ['a'], negative: ['b'] },
    { method: '3CosAdd', count: 1 },
  ],
  cosines: () => [[1, 0]],
  embeddingMatrix: () => [
    { a: 1, b: 2 },
    { inputDim: 4, missing: 'random', seed: 1 },
  ],
};
