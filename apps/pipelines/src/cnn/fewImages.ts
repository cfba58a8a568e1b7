import { takeRows } from '@chainrule/data-loaders';
import type { Samples } from '../trainModel.ts';

/** The first `count` samples of each class, class by class. */
export function firstOfEach({ x, y }: Samples, classes: number, count: number): Samples {
  const labels = [...y.data];
  const rows = Array.from({ length: classes }, (_, label) =>
    labels.flatMap((one, i) => (one === label ? [i] : [])).slice(0, count),
  );
  return takeRows({ x, y }, rows.flat());
}
