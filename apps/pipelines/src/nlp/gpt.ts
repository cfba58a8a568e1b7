import { type Backend, compile } from '@chainrule/compiler';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { perplexity } from '@chainrule/metrics';
import type { AnyFunctional } from '@chainrule/model';
import { adam, chain, clipByGlobalNorm, cosineDecay } from '@chainrule/optim';
import { div, Generator, mul, randomCategorical, sum, tensor, type Tensor } from '@chainrule/tensor';
import { gptModel } from '@chainrule/testing/gpt';
import { type WordTokenizer } from '@chainrule/text-tokenizer';
import { type Figure, plotAttention } from '@chainrule/visualize';
import { type Report, resultLine } from '../report.ts';
import { wholeTexts } from '../rnn/characterNet.ts';
import { lettersOf, type Corpus, loadCorpus } from '../rnn/corpora.ts';
import { describeTexts, textCount } from '../rnn/describeTexts.ts';
import type { TaskRun, Task } from '../task.ts';
import { trainModel } from '../trainModel.ts';

/** Trains a small Transformer to predict the next character, and writes with it. */
export const gptTask: Task = {
  pipeline: 'nlp',
  name: 'gpt',
  about: 'writes names or scenes with a small Transformer: causal attention, learned positions, temperature',
  dataSets: ['syllables', 'names', 'shakespeare'],
  run,
};

interface Settings {
  readonly features: number;
  readonly blocks: number;
  readonly epochs: number;
}

const settings: Readonly<Record<string, Settings>> = {
  syllables: { features: 32, blocks: 2, epochs: 15 },
  names: { features: 64, blocks: 3, epochs: 6 },
  shakespeare: { features: 96, blocks: 3, epochs: 6 },
};
const numHeads = 4;
const batchSize = 32;

async function run(run: TaskRun): Promise<Report> {
  const {
    dataset,
    backend,
    options: { seed, epochs = settings[run.dataset]!.epochs },
  } = run;
  const corpus = await loadCorpus(run);
  const { tokenizer, train, test, steps: length } = lettersOf(corpus);
  const { features, blocks } = settings[dataset]!;
  const tokens = tokenizer.wordIndex.size + 1;
  const { model, attention } = gptModel({ tokens, length, features, numHeads, blocks, dropout: 0.1, maskZero: true });
  const decaySteps = Math.max(1, epochs * Math.ceil(train.length / batchSize));
  const { report: trained } = await trainModel(run, {
    name: 'nlp gpt',
    model,
    train: wholeTexts(train, length),
    test: wholeTexts(test, length),
    optimizer: chain(
      clipByGlobalNorm(1),
      adam({ learningRate: cosineDecay({ initialLearningRate: 0.004, decaySteps }) }),
    ),
    loss: sparseCategoricalCrossEntropy,
    metrics: { perplexity: perplexity() },
    epochs,
    batchSize,
  });
  run.show(attentionFigure(attention, test[0]!.slice(0, Math.min(length, 24)), { length, tokenizer }));
  for (const [i, temperature] of [0.5, 1].entries()) {
    const sequences = await write(model, corpus, {
      length,
      start: tokenizer.wordIndex.get(corpus.start)!,
      temperature,
      seed: seed + i,
      backend,
    });
    console.log(describeTexts(sequences, tokenizer, { temperature, corpus }));
  }
  const report: Report = {
    ...trained,
    metrics: {
      ...trained.metrics,
      ...(corpus.minPerplexity !== undefined && { minPossiblePerplexity: corpus.minPerplexity }),
    },
  };
  console.log(`${tokens - 1} equally likely characters have perplexity ${tokens - 1}\n${resultLine(report)}`);
  return report;
}

interface Writing {
  /** The number of characters that the model sees. */
  readonly length: number;
  /** The first token of all texts. */
  readonly start: number;
  readonly temperature: number;
  readonly seed: number;
  readonly backend: Backend;
}

/** Draws texts token by token. Each step reads the last `length` tokens again. */
async function write(
  model: AnyFunctional,
  corpus: Corpus,
  { length, start, temperature, seed, backend }: Writing,
): Promise<number[][]> {
  const count = textCount(corpus);
  const rng = new Generator(seed);
  const next = compile(
    (seen: Tensor, place: Tensor, heat: Tensor) => {
      const logits = sum(mul(model.call(seen) as Tensor, place), { axis: 1 });
      return randomCategorical(rng, div(logits, heat) as Tensor<[number, number], 'float32'>);
    },
    { backend, name: 'writing' },
  );
  const texts = Array.from({ length: count }, () => [start]);
  for (let i = 0; i < corpus.length; i++) {
    const seen = texts.flatMap((text) => {
      const last = text.slice(-length);
      return [...last, ...new Array<number>(length - last.length).fill(0)];
    });
    const at = Math.min(i, length - 1);
    const place = Float32Array.from({ length }, (_, step) => Number(step === at));
    const drawn = await next(
      tensor(seen, [count, length], 'int32'),
      tensor(place, [length, 1]),
      tensor(temperature),
    ).read();
    drawn.forEach((token, row) => texts[row]!.push(token));
  }
  return texts.map((text) => text.slice(1));
}

/** The heads of the first and the last block, over the characters of a text. */
function attentionFigure(
  attention: AnyFunctional,
  text: readonly number[],
  { length, tokenizer }: { readonly length: number; readonly tokenizer: WordTokenizer },
): Figure {
  const seen = [...text, ...new Array<number>(length - text.length).fill(0)];
  const weights = attention.call(tensor(seen, [1, length], 'int32')) as unknown as readonly Tensor[];
  const characters = text.map((token) => tokenizer.indexWord.get(token)!.replace('\n', '⏎').replace(' ', '␣'));
  const panels = [...new Set([0, weights.length - 1])].flatMap((block) =>
    (weights[block]!.toArray() as number[][][][])[0]!.map((head, i) =>
      plotAttention(
        head.slice(0, text.length).map((row) => row.slice(0, text.length)),
        { queries: characters, keys: characters, title: `block ${block + 1}, head ${i + 1}` },
      ),
    ),
  );
  return { kind: 'panels', title: 'attention', panels };
}
