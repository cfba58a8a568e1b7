import { tinyShakespeare } from '@chainrule/data-loaders/node';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { perplexity } from '@chainrule/metrics';
import { adam } from '@chainrule/optim';
import { WordTokenizer } from '@chainrule/text-tokenizer';
import { filesOf } from '../filesOf.ts';
import { filmSentences } from '../nlp/filmReviews.ts';
import { type Report, resultLine, summarize } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { textTable } from '../textTable.ts';
import { trainModel } from '../trainModel.ts';
import { type CharacterNet, characterNet, wholeTexts } from './characterNet.ts';
import { ngrams } from './ngrams.ts';
import { writeTexts } from './writeTexts.ts';

/** Predicts a text by characters and by words, against n-grams, and writes at several temperatures. */
export const languageModel: Task = {
  pipeline: 'rnn',
  name: 'language-model',
  about: 'predicts the next character or word with GRUs, against n-grams: perplexity, bits, samples by temperature',
  dataSets: ['films', 'shakespeare'],
  run,
};

/** What a token is. */
interface Level {
  readonly name: string;
  readonly split: (text: string) => string[];
  readonly join: string;
  /** The tokens of a passage. */
  readonly width: number;
  /** The longest n-grams. */
  readonly order: number;
  /** The number of tokens to write. */
  readonly written: number;
}

const levels: readonly Level[] = [
  { name: 'characters', split: (text) => [...text], join: '', width: 100, order: 6, written: 300 },
  {
    name: 'words',
    split: (text) => text.match(/\n|[\p{L}\p{N}'-]+|[^\s\p{L}\p{N}]/gu) ?? [],
    join: ' ',
    width: 40,
    order: 3,
    written: 60,
  },
];

const temperatures = [0.3, 0.7, 1, 1.5] as const;

const settings: Readonly<Record<string, { readonly units: number; readonly epochs: number; readonly rate: number }>> = {
  films: { units: 64, epochs: 8, rate: 0.01 },
  shakespeare: { units: 192, epochs: 5, rate: 0.003 },
};

/** The most frequent words that have tokens of their own. */
const mostWords = 5000;

async function run(run: TaskRun): Promise<Report> {
  const text = await textOf(run);
  const cut = text.lastIndexOf('\n', Math.floor(0.9 * text.length)) + 1;
  const results: LevelResult[] = [];
  for (const level of levels)
    results.push(await learn(run, level, { train: text.slice(0, cut), test: text.slice(cut) }));
  console.log(`${table(results)}\n`);
  const [characters, words] = results as [LevelResult, LevelResult];
  const summary = summarize(
    {
      task: 'rnn language-model',
      dataset: run.dataset,
      metrics: {
        testPerplexity: characters.report.metrics['testPerplexity']!,
        testBitsPerCharacter: characters.bits(characters.report.metrics['testPerplexity']!),
        ngramTestBitsPerCharacter: characters.bits(Math.min(...characters.ngramPerplexities)),
        wordTestPerplexity: words.report.metrics['testPerplexity']!,
        wordTestBitsPerCharacter: words.bits(words.report.metrics['testPerplexity']!),
        ngramWordTestPerplexity: Math.min(...words.ngramPerplexities),
      },
    },
    results.map(({ report }) => report),
  );
  console.log(resultLine(summary));
  return summary;
}

async function textOf({ dataset, options }: TaskRun): Promise<string> {
  const { seed, limit } = options;
  if (dataset === 'films') return `${filmSentences({ count: limit ?? 4000, seed }).join('\n')}\n`;
  const text = await tinyShakespeare(filesOf(options));
  return limit === undefined ? text : `${text.split('\n').slice(0, limit).join('\n')}\n`;
}

/** The result at one level. */
interface LevelResult {
  readonly level: Level;
  readonly report: Report;
  /** Those of 1-grams, 2-grams and so on. */
  readonly ngramPerplexities: readonly number[];
  /** The share of unknown tokens in the test text. */
  readonly unknown: number;
  /** The bits per character of a perplexity per token. */
  readonly bits: (perplexity: number) => number;
}

async function learn(
  run: TaskRun,
  level: Level,
  { train, test }: { readonly train: string; readonly test: string },
): Promise<LevelResult> {
  const { units, epochs, rate } = settings[run.dataset]!;
  const tokenizer = new WordTokenizer({
    analyzer: level.split,
    oovToken: '<unknown>',
    numWords: mostWords,
    minCount: 2,
  });
  tokenizer.fitOnTexts([train]);
  const [learnt, held] = [train, test].map((text) => tokenizer.textsToSequences([text])[0]!) as [number[], number[]];
  const net: CharacterNet = { vocabulary: tokenizer.vocabularySize, units, steps: level.width, returnSequences: true };
  const model = characterNet(net);
  const passages = (tokens: readonly number[]): number[][] => passagesOf(tokens, level.width);
  const { report } = await trainModel(run, {
    name: 'rnn language-model',
    variant: level.name,
    model,
    train: wholeTexts(passages(learnt), level.width),
    test: wholeTexts(passages(held), level.width),
    optimizer: adam({ learningRate: rate }),
    loss: sparseCategoricalCrossEntropy,
    metrics: { perplexity: perplexity() },
    epochs: run.options.epochs ?? epochs,
    batchSize: 32,
  });
  console.log(`${resultLine(report)}\n`);
  for (const [i, temperature] of temperatures.entries()) {
    const [tokens] = await writeTexts(model, net, {
      count: 1,
      start: tokenizer.wordIndex.get('\n')!,
      length: level.written,
      temperature,
      seed: run.options.seed + i,
      backend: run.backend,
    });
    const written = tokens!.map((token) => tokenizer.indexWord.get(token) ?? '').join(level.join);
    console.log(`${level.name} at temperature ${temperature}:\n${written.replace(/ ?\n ?/g, '\n').trim()}\n`);
  }
  const unknownToken = tokenizer.wordIndex.get('<unknown>');
  return {
    level,
    report,
    ngramPerplexities: Array.from({ length: level.order }, (_, i) =>
      Math.exp(ngrams(passages(learnt), { order: i + 1, vocabulary: net.vocabulary }).loss(passages(held))),
    ),
    unknown: held.filter((token) => token === unknownToken).length / held.length,
    bits: (perplexity) => (Math.log2(perplexity) * held.length) / test.length,
  };
}

/** Passages of `width` predictions. Each begins with the last token of the one before it. */
function passagesOf(tokens: readonly number[], width: number): number[][] {
  return Array.from({ length: Math.max(1, Math.floor((tokens.length - 1) / width)) }, (_, i) =>
    tokens.slice(i * width, (i + 1) * width + 1),
  );
}

/** Perplexity and bits per character of all models. Bits compare characters with words. */
function table(results: readonly LevelResult[]): string {
  const rows = results.flatMap(({ level, report, ngramPerplexities, unknown, bits }) =>
    [
      ...ngramPerplexities.map((value, i) => [`${i + 1}-grams`, value] as const),
      ['GRU', report.metrics['testPerplexity']!] as const,
    ].map(([model, value]) => [
      `${level.name}, ${model}`,
      value.toFixed(2),
      bits(value).toFixed(3),
      `${(100 * unknown).toFixed(1)}%`,
    ]),
  );
  return textTable([['model', 'perplexity', 'bits per character', 'unknown tokens'], ...rows]);
}
