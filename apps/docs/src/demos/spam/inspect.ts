import { softmax } from 'chainrule';
import type { start } from './program.ts';

type Run = Awaited<ReturnType<typeof start>>;

/** A word of a text, and how much it speaks for the class. */
export interface WordWeight {
  readonly word: string;
  /** By how much the log-odds of the class fall when `<rare>` replaces the word. */
  readonly weight: number;
  readonly isKnown: boolean;
}

export interface Explanation {
  readonly classes: readonly string[];
  readonly probabilities: readonly number[];
  /** The class that the weights speak for. */
  readonly about: number;
  readonly words: readonly WordWeight[];
}

/** A held-out text, and what the model takes it for. */
export interface Read {
  readonly text: string;
  readonly label: string;
  readonly taken: string;
  readonly probability: number;
}

const logOdds = (p: number): number => Math.log(Math.max(p, 1e-6) / Math.max(1 - p, 1e-6));
const mostWords = 30;

async function probabilitiesOf(run: Run, texts: string[]): Promise<number[][]> {
  return softmax(await run.state.trainer.predict(run.numbered(texts))).toArray() as number[][];
}

export const questions = {
  /** Reads a text, and the text with one word less, for each word. */
  async explain(run: Run, text: string): Promise<Explanation> {
    const { classes, tokenizer } = run;
    const words = tokenizer.words(text).slice(0, mostWords);
    // A word that is not in any text stands for the one left out.
    const without = words.map((_, left) => words.map((word, i) => (i === left ? 'zzzz' : word)).join(' '));
    const [full, ...rest] = await probabilitiesOf(run, [text, ...without]);
    // Of two classes, the second in the alphabet: spam, positive. Of more, the likeliest.
    const about = classes.length === 2 ? 1 : full!.indexOf(Math.max(...full!));
    return {
      classes,
      probabilities: full!,
      about,
      words: words.map((word, i) => ({
        word,
        weight: logOdds(full![about]!) - logOdds(rest[i]![about]!),
        isKnown: (tokenizer.wordIndex.get(word) ?? Infinity) < tokenizer.vocabularySize,
      })),
    };
  },
  /** Reads all held-out texts. */
  async test(run: Run): Promise<Read[]> {
    const { held, classes } = run;
    if (held.length === 0) return [];
    const probabilities = await probabilitiesOf(
      run,
      held.map(({ text }) => text),
    );
    return held.map(({ text, label }, i) => {
      const probability = Math.max(...probabilities[i]!);
      return { text, label, taken: classes[probabilities[i]!.indexOf(probability)]!, probability };
    });
  },
};
