import {
  bertNormalizer, countWords, metaspace, metaspaceDecoder, readTokenizer, splitBertWords, splitWords, tensor, Tokenizer,
  trainBpe, trainUnigram, trainWordPiece, Variable, wordLevel, wordPieceDecoder,
} from 'chainrule';

export interface Settings {
  seed: number;
  text: 'English' | 'German' | 'TypeScript';
}

/** Your own text to learn from, and the text of a file tokenizer.json to compare with. */
export interface Own {
  text?: string;
  json?: string;
}

export type Tokenizers = Record<string, Tokenizer>;

export function start(settings: Settings, { text = texts[settings.text], json }: Own = {}) {
  const lines = text.split('\n');
  const learned = new Variable(tensor(0), { name: 'learned' }); // tokens that each tokenizer has learned
  const loaded: Tokenizers = json === undefined ? {} : { loaded: readTokenizer(json) };
  const tokenizers = (): Tokenizers => ({ ...train(lines, learned.value.item()), ...loaded });

  // A step learns one more token, and counts the tokens that the whole text then has.
  const step = (n: number) => {
    learned.assign(tensor(n + 1));
    const { words, bpe, wordPiece, unigram } = train(lines, n + 1);
    const count = (tokenizer: Tokenizer) => lines.flatMap((line) => tokenizer.encode(line).tokens).length;
    const ids = lines.flatMap((line) => [...words.encode(line).ids]);
    const missing = ids.filter((id) => id === 0).length / ids.length;
    return { bpe: count(bpe), wordPiece: count(wordPiece), unigram: count(unigram), words: ids.length, unknown: missing };
  };
  return { state: { learned }, step, tokenizers, text };
}

/** Tokenizers whose vocabulary has `size` tokens more than `<unk>` and the characters of the text. */
function train(lines: string[], size: number) {
  const unkToken = '<unk>';
  const withSpaces = { preTokenizer: metaspace() }; // ▁ stands for a space, and belongs to the word after it
  const lowercase = { normalizer: bertNormalizer(), preTokenizer: splitBertWords() };

  // Words: the most frequent ones. All others are unknown.
  const counts = [...countWords(lines, { preTokenizer: splitWords() })].sort(([, a], [, b]) => b - a);
  const vocab = new Map([unkToken, ...counts.slice(0, size).map(([word]) => word)].map((word, id) => [word, id]));
  const words = new Tokenizer({ preTokenizer: splitWords(), model: wordLevel({ vocab, unkToken }) });

  // Byte-pair encoding: joins the most frequent pair of neighbors, again and again.
  const pieces = countWords(lines, withSpaces);
  const characters = trainBpe(pieces, { vocabSize: 1e6, minFrequency: Infinity, unkToken }).vocabulary.size;
  const vocabSize = characters + size;
  const bpe = new Tokenizer({ ...withSpaces, model: trainBpe(pieces, { vocabSize, unkToken }), decoder: metaspaceDecoder() });

  // WordPiece does so, too, within lowercase words; ## marks a token inside a word. It reads with the longest tokens.
  const lower = countWords(lines, lowercase);
  const starts = trainWordPiece(lower, { vocabSize: 1e6, minFrequency: Infinity, unkToken }).vocabulary.size;
  const model = trainWordPiece(lower, { vocabSize: starts + size, unkToken });
  const wordPiece = new Tokenizer({ ...lowercase, model, decoder: wordPieceDecoder() });

  // Unigram: starts with all frequent pieces, and drops those that the text needs least. It reads with the likeliest.
  const unigram = new Tokenizer({ ...withSpaces, model: trainUnigram(pieces, { vocabSize, unkToken }), decoder: metaspaceDecoder() });
  return { words, bpe, wordPiece, unigram };
}

const texts = {
  English: `The slow train is slower than the fast train, and the night train is the slowest of all.
She walked to the station, waited for the fastest train, and talked to a worker who was waiting there.
He works at the station. He worked there last winter, and he will be working there next winter.
The workers walk along the longest platform, looking for the smallest light that is not lighting.
"The lights are lit," they say, "and the longer we look, the smaller they look."
Nobody is waiting longer than the waiter. He waits, talks to the walkers, and looks at the tallest tower.
The tower is taller than the station, and newer than the oldest houses. It was the newest once.`,
  German: `Der Bahnhof hat ein Bahnhofscafé, und im Bahnhofscafé arbeitet ein Bahnhofsarbeiter.
Der Nachtzug fährt in der Nacht, der Schnellzug fährt schneller, und am schnellsten fährt der Nachtschnellzug.
Die Fahrkarte kauft man am Fahrkartenautomaten, die Nachtfahrkarte am Nachtfahrkartenautomaten.
Ein Arbeiter arbeitet am Arbeitstag. An Feiertagen feiert er, denn ein Feiertag ist kein Arbeitstag.
Der Zugführer führt den Zug, der Bahnführer führt die Bahn, und der Reiseführer führt die Reisenden.
Die Reisenden reisen mit dem Reisezug. Die Reise mit dem Nachtreisezug ist eine Nachtreise.`,
  TypeScript: `export function sumOf(values: number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
export function meanOf(values: number[]): number {
  return values.length === 0 ? 0 : sumOf(values) / values.length;
}
export function maxOf(values: number[]): number {
  let max = -Infinity;
  for (const value of values) if (value > max) max = value;
  return max;
}
export const squareOf = (value: number): number => value * value;
export const squaresOf = (values: number[]): number[] => values.map((value) => squareOf(value));`,
};
