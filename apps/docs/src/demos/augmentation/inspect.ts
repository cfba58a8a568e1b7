import type { Tensor } from 'chainrule';
import { type Figure, plotImages } from '@chainrule/visualize';
import type { start } from './program.ts';

type Run = Awaited<ReturnType<typeof start>>;

const curve = (row: readonly (readonly number[])[]) => row.map(([value], t) => [t, value!] as const);

/** A sheet of pictures, or curves of a series. */
function figureOf(title: string, values: Tensor): Figure {
  if (values.rank === 4) return plotImages(values, { title });
  const rows = values.toArray() as number[][][];
  const series = rows.map((row, i) => ({ name: i === 0 ? title : `variant ${i + 1}`, points: curve(row) }));
  return { kind: 'lines', title, x: 'time', y: 'value', series };
}

export const questions = {
  /** The data as they are, and the variants of each augmentation in a step. */
  sheets: (run: Run, step: number): Figure[] => [
    figureOf('unchanged', run.data),
    ...run.variants(step).map(({ name, values }) => figureOf(name, values)),
  ],
};
