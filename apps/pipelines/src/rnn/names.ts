import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { perplexity } from '@chainrule/metrics';
import type { Sequential } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { type WordTokenizer } from '@chainrule/text-tokenizer';
import { type Report, resultLine, summarize } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { type Samples, trainModel } from '../trainModel.ts';
import { type CharacterNet, characterNet, wholeTexts, windows } from './characterNet.ts';
import { lettersOf, type Corpus, loadCorpus } from './corpora.ts';
import { describeTexts, textCount } from './describeTexts.ts';
import { writeTexts } from './writeTexts.ts';

/** Predicts the next character from a whole text or a few characters, and generates new names or passages. */
export const names: Task = {
  pipeline: 'rnn',
  name: 'names',
  main: true,
  about: 'generates names character by character with a GRU, many-to-many and many-to-one',
  dataSets: ['syllables', 'names', 'shakespeare'],
  run,
};

/** Settings of each data set; `epochs` for whole texts and for windows. */
const settings: Readonly<
  Record<string, { readonly units: number; readonly epochs: readonly [number, number]; readonly learningRate: number }>
> = {
  syllables: { units: 64, epochs: [12, 3], learningRate: 0.005 },
  names: { units: 128, epochs: [5, 2], learningRate: 0.003 },
  shakespeare: { units: 128, epochs: [3, 1], learningRate: 0.003 },
};

/** The window of the many-to-one network, in characters. */
const size = 5;

async function run(run: TaskRun): Promise<Report> {
  const {
    dataset,
    options: { epochs },
  } = run;
  const corpus = await loadCorpus(run);
  const { tokenizer, train, test, steps } = lettersOf(corpus);
  const {
    units,
    epochs: [whole, short],
  } = settings[dataset]!;
  const net = (steps: number, returnSequences: boolean): CharacterNet => ({
    vocabulary: tokenizer.wordIndex.size + 1,
    units,
    steps,
    returnSequences,
  });
  const longNet = net(steps, true);
  const longModel = characterNet(longNet);
  const long = await learn(run, {
    variant: 'many-to-many',
    model: longModel,
    train: wholeTexts(train, steps),
    test: wholeTexts(test, steps),
    epochs: epochs ?? whole,
    batchSize: 32,
  });
  await write(run, corpus, tokenizer, { model: longModel, net: longNet });
  const one = await learn(run, {
    variant: 'many-to-one',
    model: characterNet(net(size, false)),
    train: windows(train, size, 150_000),
    test: windows(test, size, 20_000),
    epochs: epochs ?? short,
    batchSize: 128,
  });
  const metrics = {
    testPerplexity: long.metrics['testPerplexity']!,
    manyToOneTestPerplexity: one.metrics['testPerplexity']!,
    ...(corpus.minPerplexity !== undefined && { minPossiblePerplexity: corpus.minPerplexity }),
  };
  const summary = summarize({ task: 'rnn names', dataset, metrics }, [long, one]);
  console.log(
    `${tokenizer.wordIndex.size} equally likely characters have perplexity ${tokenizer.wordIndex.size}\n${resultLine(summary)}`,
  );
  return summary;
}

interface Learning {
  readonly variant: string;
  readonly model: Sequential;
  readonly train: Samples;
  readonly test: Samples;
  readonly epochs: number;
  readonly batchSize: number;
}

async function learn(run: TaskRun, learning: Learning): Promise<Report> {
  const { report } = await trainModel(run, {
    name: 'rnn names',
    ...learning,
    optimizer: adam({ learningRate: settings[run.dataset]!.learningRate }),
    loss: sparseCategoricalCrossEntropy,
    metrics: { perplexity: perplexity() },
  });
  console.log(`${resultLine(report)}\n`);
  return report;
}

/** Prints generated texts at two temperatures. */
async function write(
  { backend, options: { seed } }: TaskRun,
  corpus: Corpus,
  tokenizer: WordTokenizer,
  { model, net }: { model: Sequential; net: CharacterNet },
): Promise<void> {
  for (const [i, temperature] of [0.5, 1].entries()) {
    const sequences = await writeTexts(model, net, {
      count: textCount(corpus),
      start: tokenizer.wordIndex.get(corpus.start)!,
      length: corpus.length,
      temperature,
      seed: seed + i,
      backend,
    });
    console.log(describeTexts(sequences, tokenizer, { temperature, corpus }));
  }
}
