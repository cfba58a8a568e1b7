import { readLines } from '@chainrule/data-loaders';
import { tinyShakespeare } from '@chainrule/data-loaders/node';
import type { Tokenizer } from '@chainrule/text-tokenizer';
import type { LineFigure } from '@chainrule/visualize';
import { filesOf } from '../filesOf.ts';
import { type Report, resultLine } from '../report.ts';
import { syllableNames } from '../rnn/syllables.ts';
import type { TaskRun, Task } from '../task.ts';
import { textTable } from '../textTable.ts';
import { filmSentences } from './filmReviews.ts';
import { measureTokenizer, type Tokenized, type TokenizerName, tokenizers } from './tokenizers.ts';

/** Cuts the same text into tokens in five ways, and counts how many tokens each needs and what it loses. */
export const tokenize: Task = {
  pipeline: 'nlp',
  name: 'tokenize',
  about: 'cuts a text into words, characters, BPE, WordPiece and unigram tokens: length, unknown words, round trip',
  dataSets: ['films', 'shakespeare'],
  run,
};

/** The sizes of vocabularies: for the figure, and the one for the table. */
const sizes: Readonly<Record<string, { readonly all: readonly number[]; readonly main: number }>> = {
  films: { all: [300, 400, 500, 600, 800], main: 400 },
  shakespeare: { all: [500, 1000, 2000, 4000, 8000], main: 4000 },
};

/** Words and letters that neither corpus has. */
const strange = 'An unwatchable café-noir at 9:30? 🎬';

const names = Object.keys(tokenizers) as TokenizerName[];

async function run(run: TaskRun): Promise<Report> {
  const { dataset, options } = run;
  const start = performance.now();
  const { train, test } = await linesOf(run);
  const { all, main } = sizes[dataset]!;
  console.log(
    `nlp tokenize: ${train.length} lines to train on, ${test.length} held out; ${main} tokens in each vocabulary`,
  );
  const found = Object.fromEntries(names.map((name) => [name, tokenizers[name](train, main)])) as Record<
    TokenizerName,
    Tokenizer
  >;
  const measured = names.map((name) => [name, measureTokenizer(found[name], test)] as const);
  for (const line of [test.find((text) => /[A-Z].* .*,/.test(text)) ?? test[0]!, strange]) {
    const rows = names.map((name) => {
      const { tokens, ids } = found[name].encode(line);
      return [
        name,
        tokens.map((token) => token.replaceAll('Ġ', '␣').replaceAll(' ', '␣')).join('|'),
        found[name].decode(ids),
      ];
    });
    console.log(`\n${line}\n${textTable([['', 'tokens', 'decoded'], ...rows])}`);
  }
  run.show(figureOf(all, train, test));
  console.log(`${table(measured)}\n`);
  const of = (name: TokenizerName): Tokenized => measured.find(([one]) => one === name)![1];
  const report: Report = {
    task: 'nlp tokenize',
    dataset,
    metrics: {
      testCharactersPerBpeToken: of('BPE').charactersPerToken,
      testBpeRoundTripAccuracy: of('BPE').roundTrip,
      testCharactersPerWordPieceToken: of('WordPiece').charactersPerToken,
      testCharactersPerUnigramToken: of('unigram').charactersPerToken,
      testCharactersPerWord: of('words').charactersPerToken,
      testUnknownWords: of('words').unknownShare,
    },
    epochs: [],
    seconds: (performance.now() - start) / 1000,
    parameters: 0,
    seed: options.seed,
  };
  console.log(resultLine(report));
  return report;
}

/** Lines of text, of which a tenth is held out. */
async function linesOf({ dataset, options }: TaskRun): Promise<{ train: string[]; test: string[] }> {
  const { limit, seed } = options;
  const lines =
    dataset === 'films'
      ? filmLines(5000, seed)
      : readLines(await tinyShakespeare(filesOf(options))).filter((line) => line !== '');
  const cut = Math.floor(0.9 * lines.length);
  return { train: lines.slice(0, cut).slice(0, limit), test: lines.slice(cut) };
}

/** Sentences about films with invented names, many of which occur once. */
function filmLines(count: number, seed: number): string[] {
  const people = syllableNames(count, seed);
  return filmSentences({ count, seed }).map((sentence, i) => {
    const person = people[i]!;
    return `${person[0]!.toUpperCase()}${person.slice(1)}, ${sentence.replaceAll(' ,', ',').replaceAll(' :', ':')}.`;
  });
}

/** Characters per token of held-out lines, over the size of the vocabulary. Characters have one. */
function figureOf(all: readonly number[], train: readonly string[], test: readonly string[]): LineFigure {
  const series = names.map((name) => ({
    name,
    points: all.map((size) => {
      const { vocabulary, charactersPerToken } = measureTokenizer(tokenizers[name](train, size), test);
      return [name === 'characters' ? size : vocabulary, charactersPerToken] as const;
    }),
  }));
  return { kind: 'lines', title: 'length of tokens', x: 'tokens in the vocabulary', y: 'characters per token', series };
}

function table(measured: readonly (readonly [TokenizerName, Tokenized])[]): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  const rows = measured.map(([name, { vocabulary, tokens, charactersPerToken, unknownShare, roundTrip }]) => [
    name,
    String(vocabulary),
    String(tokens),
    charactersPerToken.toFixed(2),
    percent(unknownShare),
    percent(roundTrip),
  ]);
  return textTable([
    ['tokenizer', 'vocabulary', 'tokens', 'characters per token', 'unknown', 'lines restored'],
    ...rows,
  ]);
}
