import { bleu } from '@chainrule/metrics';
import type { EpochLogs } from '@chainrule/model';
import { adam, chain, clipByGlobalNorm, cosineDecay } from '@chainrule/optim';
import { plotAttention, type Series } from '@chainrule/visualize';
import { filesOf } from '../filesOf.ts';
import { type Report, resultLine, summarize } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { encoderDecoder } from './encoderDecoder.ts';
import { phrases } from './phrases.ts';
import { alignmentOf, translating } from './translating.ts';
import { englishFrench, type Pairs, type Question, questionsOf } from './translationPairs.ts';
import { boundariesOf, stepsOf, trainTranslator, type Translator } from './translator.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

/**
 * Translates from English to French, with attention and without. Real sentences have several translations: all of them count
 * as references, in any part of the split. Half of the test sentences also occur in the training data, with another
 * translation, so the sentences that do not occur there are also measured separately.
 */
export const translate: Task = {
  pipeline: 'nlp',
  name: 'translate',
  main: true,
  about: 'translates English to French with and without attention, by greedy and beam search',
  dataSets: ['phrases', 'simple-eng-fra'],
  run,
};

/** Settings that depend on the data set. */
interface Settings {
  readonly features: number;
  readonly units: number;
  readonly dropout: number;
  readonly learningRate: number;
  readonly epochs: number;
  readonly batchSize: number;
}

const settings: Readonly<Record<string, Settings>> = {
  phrases: { features: 32, units: 64, dropout: 0.1, learningRate: 0.01, epochs: 6, batchSize: 64 },
  'simple-eng-fra': { features: 128, units: 128, dropout: 0.3, learningRate: 0.005, epochs: 8, batchSize: 64 },
};
/** The sizes of the vocabularies; other words are unknown. */
const maxWords = 3000;
const beamWidth = 5;
const pictures = 3;

/** The data that all models of a run share. */
interface Setting extends Settings {
  readonly pairs: Pairs;
  readonly source: Vocabulary;
  readonly target: Vocabulary;
  readonly boundaries: readonly number[];
  readonly questions: readonly Question[];
  /** Whether no translation of the sentence occurs in the training data. */
  readonly isUnseen: readonly boolean[];
}

/** A trained model with its best translations of the test sentences. */
interface Outcome {
  readonly report: Report;
  readonly translator: Translator;
  readonly translations: readonly (readonly string[])[];
}

async function run(run: TaskRun): Promise<Report> {
  const { dataset, show } = run;
  const setting = await settingOf(run);
  const { pairs, questions, source, target } = setting;
  console.log(
    `nlp translate: ${pairs.train.length} pairs to learn from, ${questions.length} test sentences (${setting.isUnseen.filter(Boolean).length} of them not learnt from), ${source.size} English and ${target.size} French words, on ${run.on}\n`,
  );
  const withAttention = await trained(run, setting, true);
  const without = await trained(run, setting, false);
  const both = [withAttention, without];
  show({
    kind: 'lines',
    title: 'loss of a word',
    x: 'epoch',
    y: 'cross-entropy',
    series: both.flatMap(({ report }) => curves(report.task.replace('nlp translate ', ''), report.epochs)),
  });
  console.log(`${tableOf(both.map(({ report }) => report))}\n`);
  console.log(`${samplesOf(questions, both)}\n`);
  for (const i of pictured(questions)) {
    const [sentence, translation] = [questions[i]!.source, withAttention.translations[i]!];
    const values = await alignmentOf(withAttention.translator, sentence, translation);
    const tokens = { queries: [...translation, '<end>'], keys: ['<start>', ...sentence, '<end>'] };
    show(plotAttention(values, { ...tokens, title: `alignment of ${sentence.join(' ')}` }));
  }
  const [a, b] = both.map(({ report }) => report.metrics) as [Report['metrics'], Report['metrics']];
  const pairsOfMetrics = Object.keys(a).flatMap(
    (name) =>
      [
        [name, a[name]!],
        [`${name}WithoutAttention`, b[name]!],
      ] as const,
  );
  return summarize(
    { task: 'nlp translate', dataset, metrics: Object.fromEntries(pairsOfMetrics) },
    both.map(({ report }) => report),
  );
}

async function settingOf({ dataset, options }: TaskRun): Promise<Setting> {
  const { seed, limit, epochs } = options;
  const all = dataset === 'phrases' ? phrases({ count: limit ?? 2000, seed }) : await englishFrench(filesOf(options));
  const pairs = { ...all, train: all.train.slice(0, limit) };
  const chosen = settings[dataset]!;
  const questions = questionsOf(all.test, [...all.train, ...all.validation, ...all.test]);
  const learnt = new Set(pairs.train.map(({ source }) => source.join(' ')));
  return {
    ...chosen,
    epochs: epochs ?? chosen.epochs,
    pairs,
    boundaries: boundariesOf([...pairs.train, ...pairs.validation, ...pairs.test]),
    questions,
    isUnseen: questions.map(({ source }) => !learnt.has(source.join(' '))),
    source: vocabularyOf(
      pairs.train.map(({ source }) => source),
      maxWords,
    ),
    target: vocabularyOf(
      pairs.train.map(({ target }) => target),
      maxWords,
    ),
  };
}

async function trained(
  { dataset, backend, options: { seed } }: TaskRun,
  setting: Setting,
  attention: boolean,
): Promise<Outcome> {
  const { pairs, questions, source, target, epochs, learningRate } = setting;
  const start = performance.now();
  const task = `nlp translate ${attention ? 'with attention' : 'without attention'}`;
  const net = encoderDecoder({ ...setting, sourceTokens: source.size, targetTokens: target.size, attention, seed });
  const translator: Translator = { ...setting, net, backend };
  const { total: parameters } = net.model.countParameters();
  console.log(`${task}: ${parameters} parameters`);
  const schedule = cosineDecay({
    initialLearningRate: learningRate,
    decaySteps: epochs * stepsOf(translator, pairs.train),
  });
  const optimizer = chain(clipByGlobalNorm(1), adam({ learningRate: schedule }));
  const { history, measure } = await trainTranslator(translator, { ...pairs, optimizer, epochs, seed });
  const loss = await measure(pairs.test);
  const maxLength = Math.max(...pairs.train.map((pair) => pair.target.length)) + 1;
  const translateAll = translating(translator);
  const search = (width: number): Promise<string[][]> =>
    translateAll(
      questions.map((question) => question.source),
      { width, maxLength, batchSize: 32 },
    );
  const [greedy, beam] = [await search(1), await search(beamWidth)];
  const report: Report = {
    task,
    dataset,
    metrics: {
      testBleu: score(beam, questions),
      testGreedyBleu: score(greedy, questions),
      testUnseenBleu: score(beam, questions, setting.isUnseen),
      testPerplexity: Math.exp(loss),
    },
    epochs: history,
    seconds: (performance.now() - start) / 1000,
    parameters,
    seed,
  };
  console.log(`${resultLine(report)}\n`);
  return { report, translator, translations: beam };
}

function score(
  translations: readonly (readonly string[])[],
  questions: readonly Question[],
  counts: readonly boolean[] = questions.map(() => true),
): number {
  const only = <T>(list: readonly T[]): T[] => list.filter((_, i) => counts[i]);
  return bleu(
    only(translations),
    only(questions).map(({ references }) => references),
  );
}

function curves(name: string, epochs: readonly EpochLogs[]): Series[] {
  return [
    ['loss', 'training'],
    ['valLoss', 'validation'],
  ].map(([key, part]) => ({
    name: `${part} ${name}`,
    points: epochs.map((logs) => [logs.epoch + 1, logs[key!]!] as const),
  }));
}

/** BLEU times 100, the usual form. */
function tableOf(reports: readonly Report[]): string {
  const head = ['', 'greedy', 'beam', 'beam, unseen', 'perplexity'];
  const rows = reports.map(({ task, metrics: { testBleu, testGreedyBleu, testUnseenBleu, testPerplexity } }) => [
    task.replace('nlp translate ', ''),
    ...[testGreedyBleu, testBleu, testUnseenBleu].map((value) => (value! * 100).toFixed(1)),
    testPerplexity!.toFixed(2),
  ]);
  const line = ([first, ...cells]: readonly string[]): string =>
    first!.padEnd(18) + cells.map((cell) => cell.padStart(14)).join('');
  return ['BLEU · 100', ...[head, ...rows].map(line)].join('\n');
}

/** A few evenly spaced sentences: the translations of both models, and a reference. */
function samplesOf(questions: readonly Question[], [withAttention, without]: readonly Outcome[]): string {
  const count = Math.min(8, questions.length);
  return Array.from({ length: count }, (_, k) => {
    const i = Math.floor((k * questions.length) / count);
    const { source, references } = questions[i]!;
    const lines = [
      ['reference', references[0]!],
      ['with', withAttention!.translations[i]!],
      ['without', without!.translations[i]!],
    ] as const;
    return [source.join(' '), ...lines.map(([name, words]) => `  ${name.padEnd(10)} ${words.join(' ')}`)].join('\n');
  }).join('\n');
}

/** Sentences of medium length, for pictures of their alignment. */
function pictured(questions: readonly Question[]): number[] {
  const wanted = questions.flatMap(({ source: { length } }, i) => (length >= 6 && length <= 10 ? [i] : []));
  return Array.from(
    { length: Math.min(pictures, wanted.length) },
    (_, k) => wanted[Math.floor((k * wanted.length) / pictures)]!,
  );
}
