import type { start } from './program.ts';

type Run = Awaited<ReturnType<typeof start>>;

export interface Translation {
  /** The words of the sentence, as the network reads them. */
  readonly source: readonly string[];
  /** Those that the network does not know. */
  readonly unknown: readonly string[];
  /** The words that it writes, and `$` for the end. */
  readonly target: readonly string[];
  /** For each word that it writes, how much it looks at each word of the sentence; without attention none. */
  readonly weights: readonly (readonly number[])[];
}

export interface Score {
  readonly exact: number;
  readonly total: number;
  /** Held-out sentences, to choose from, with whether their translation is right. */
  readonly samples: readonly { readonly source: string; readonly expected: string; readonly isRight: boolean }[];
}

const samplesShown = 12;
const oneSpace = (words: readonly string[]): string => words.join(' ');

/** Greedy search: writes the likeliest word, which is an input of the next step. Returns the words of each sentence. */
async function translate(run: Run, sentences: string[]): Promise<string[][]> {
  const { trainer } = run.state;
  const source = run.numbered(run.source, sentences);
  const texts = sentences.map((): string[] => []);
  for (let place = 0; place < run.length; place++) {
    const before = run.numbered(
      run.target,
      texts.map((words) => oneSpace(['^', ...words])),
    );
    const logits = (await trainer.predict({ source, before })).toArray() as number[][][];
    texts.forEach((words, i) => {
      if (words.at(-1) === '$') return;
      const row = logits[i]![place]!.slice(2); // neither 0 nor <unknown>
      words.push(run.target.indexWord.get(2 + row.indexOf(Math.max(...row)))!);
    });
    if (texts.every((words) => words.at(-1) === '$')) break;
  }
  return texts;
}

export const questions = {
  async translate(run: Run, sentence: string): Promise<Translation> {
    const source = run.source.words(sentence).slice(0, run.length);
    const unknown = source.filter((word) => !run.source.wordIndex.has(word));
    if (source.length === 0) return { source, unknown, target: [], weights: [] };
    const [target] = await translate(run, [oneSpace(source)]);
    if (!run.attention) return { source, unknown, target: target!, weights: [] };
    const weights = run.look.call({
      source: run.numbered(run.source, [oneSpace(source)]),
      before: run.numbered(run.target, [oneSpace(['^', ...target!.slice(0, -1)])]),
    });
    const [rows] = weights.toArray() as unknown as number[][][];
    return {
      source,
      unknown,
      target: target!,
      weights: target!.map((_, row) => rows![row]!.slice(0, source.length)),
    };
  },
  /** Translates the held-out sentences. */
  async test(run: Run): Promise<Score> {
    const { held } = run;
    if (held.length === 0) return { exact: 0, total: 0, samples: [] };
    const written = await translate(
      run,
      held.map(([source]) => source),
    );
    const isRight = held.map(
      ([, expected], i) => oneSpace(written[i]!) === oneSpace([...run.target.words(expected), '$']),
    );
    const samples = held
      .slice(0, samplesShown)
      .map(([source, expected], i) => ({ source, expected, isRight: isRight[i]! }));
    return { exact: isRight.filter(Boolean).length, total: held.length, samples };
  },
};
