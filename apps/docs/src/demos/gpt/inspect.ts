import { div, Generator, randomCategorical, slice, type Tensor, tensor } from 'chainrule';
import type { start } from './program.ts';

type Run = Awaited<ReturnType<typeof start>>;

/** The last line of a text, without characters that the model does not know, and their numbers. */
function read({ alphabet, length }: Run, text: string): { readonly ids: number[]; readonly characters: string[] } {
  const known = [...text].filter((character) => alphabet.includes(character));
  // As in training, the piece begins with a line.
  const line = known.slice(0, -1).lastIndexOf('\n') + 1;
  const characters = known.slice(line).slice(-length);
  return { characters, ids: characters.map((character) => alphabet.indexOf(character)) };
}

/** A batch of one, filled up at the end: the model never looks ahead. */
const batchOf = (ids: readonly number[], length: number): Tensor =>
  tensor([...ids, ...new Array<number>(length - ids.length).fill(0)], [1, length], 'int32');

export interface Attention {
  readonly characters: readonly string[];
  /** The weights of each head of each block: `[block][head][attending][attended]`. */
  readonly weights: readonly (readonly (readonly (readonly number[])[])[])[];
}

export const questions = {
  /** `count` characters that follow the text, drawn at a temperature. */
  async write(run: Run, start: string, temperature: number, seed: number, count: number): Promise<string> {
    const rng = new Generator(seed);
    let text = read(run, start).characters.join('') || '\n';
    const from = text.length;
    while (text.length < from + count) {
      const { ids } = read(run, text);
      const logits = await run.state.trainer.predict(batchOf(ids, run.length));
      const next = slice(logits, [0, ids.length - 1, 0], [1, 1, -1]);
      text += run.alphabet[randomCategorical(rng, div(next, temperature) as never).item()];
    }
    return text.slice(from);
  },
  attention(run: Run, text: string): Attention {
    const { ids, characters } = read(run, text);
    const called = run.attention.call(batchOf(ids, run.length)) as unknown as Tensor | readonly Tensor[];
    const blocks = (Array.isArray(called) ? called : [called]) as readonly Tensor[];
    const cut = (head: number[][]): number[][] => head.slice(0, ids.length).map((row) => row.slice(0, ids.length));
    return { characters, weights: blocks.map((block) => (block.toArray() as number[][][][])[0]!.map(cut)) };
  },
  sample: (run: Run): string => run.text.slice(0, 300).join(''),
};
