import { gather, type Neighbor, tensor } from 'chainrule';
import { plotEmbedding } from '@chainrule/visualize';
import type { start } from './program.ts';

type Run = Awaited<ReturnType<typeof start>>;

/** Words that say little, of which a map would be full. */
const dull = new Set(
  'the a an and of is are in on at to for with that this it its his her he she they you i we was were be been has have had not but as by from or so all there then than out up'.split(
    ' ',
  ),
);
const shown = 70;

export interface Place {
  readonly word: string;
  readonly x: number;
  readonly y: number;
}

export const questions = {
  words: (run: Run): readonly string[] => run.words,
  /** The most frequent words in the plane. */
  async map(run: Run, method: 'pca' | 'tsne'): Promise<Place[]> {
    const names = run.words.filter((word) => !dull.has(word)).slice(0, shown);
    const { vectors, words } = run.vectors();
    const rows = gather(
      vectors,
      tensor(
        names.map((word) => words.indexOf(word)),
        [names.length],
        'int32',
      ),
    );
    const table = rows.toArray() as number[][];
    const { points } =
      method === 'pca'
        ? plotEmbedding(table, { names })
        : await plotEmbedding(table, { names, method: 'tsne', tsne: { perplexity: 6, iterations: 500 } });
    return points.map(({ x, y }, i) => ({ word: names[i]!, x, y }));
  },
  neighbors: (run: Run, word: string): Neighbor[] => (run.vectors().has(word) ? run.vectors().neighbors(word, 8) : []),
  /** The words nearest to b − a + c. */
  analogy(run: Run, a: string, b: string, c: string): Neighbor[] {
    const vectors = run.vectors();
    return [a, b, c].every((word) => vectors.has(word))
      ? vectors.analogy({ positive: [b, c], negative: [a] }, { count: 5 })
      : [];
  },
};
