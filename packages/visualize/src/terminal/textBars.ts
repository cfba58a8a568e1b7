import type { BarFigure } from '../figure.ts';
import { greatest } from '../greatest.ts';
import { lengthOf, pad, wrap } from './wrap.ts';

/** A row for each bin with what is in it. At most 20 rows: neighbors are joined. */
const mostRows = 20;

/** Bars from left to right, one for each bin, for each group. */
export function textBars({ title, x, y, edges, bars }: BarFigure, columns: number): string[] {
  const join = Math.max(1, Math.ceil((edges.length - 1) / mostRows));
  const starts = edges.slice(0, -1).filter((_, i) => i % join === 0);
  const names = starts.map((from) => String(Number(from.toPrecision(3))));
  const margin = greatest(names.map(lengthOf));
  const lines = bars.flatMap(({ name, counts }) => {
    const joined = starts.map((_, r) => counts.slice(r * join, (r + 1) * join).reduce((a, b) => a + b, 0));
    const most = greatest(joined, 1);
    const room = Math.max(1, columns - margin - 3 - String(most).length);
    const rows = joined.map((count, r) => {
      const bar = '█'.repeat(Math.round((count / most) * room));
      return `${pad(names[r]!, margin, 'start')} │${bar} ${count}`;
    });
    return bars.length > 1 ? [...wrap(name, columns), ...rows] : rows;
  });
  return [...wrap(`${title} (${y} of each ${x} from the number at its left)`, columns), ...lines];
}
