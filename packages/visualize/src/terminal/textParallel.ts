import type { ParallelFigure } from '../figure.ts';
import { greatest } from '../greatest.ts';
import { cut, lengthOf, pad, wrap } from './wrap.ts';

const most = 20;

/** A table of the best trials. */
export function textParallel({ title, axes, best }: ParallelFigure, columns: number): string[] {
  const scores = (axes.at(-1)?.values ?? []).map(Number);
  const rank = (i: number): number =>
    Number.isNaN(scores[i]) ? Infinity : best === 'least' ? scores[i]! : -scores[i]!;
  const order = [...scores.keys()].sort((a, b) => (rank(a) === rank(b) ? a - b : rank(a) - rank(b))).slice(0, most);
  const rows = [axes.map(({ name }) => name), ...order.map((i) => axes.map(({ values }) => textOf(values[i]!)))];
  const room = Math.max(1, Math.floor((columns + 2) / Math.max(1, axes.length)) - 2);
  const widths = axes.map((_, k) => Math.min(room, greatest(rows.map((row) => lengthOf(row[k]!)))));
  const count =
    scores.length > most ? `the best ${most} of ${scores.length} trials` : `${scores.length} trials, the best first`;
  const lines = rows.map((row) => row.map((text, k) => pad(cut(text, widths[k]!), widths[k]!, 'start')).join('  '));
  return [...wrap(`${title} (${count})`, columns), ...lines.map((line) => cut(line, columns))];
}

function textOf(value: number | string): string {
  if (typeof value === 'string') return value;
  return Number.isNaN(value) ? '?' : String(Number(value.toPrecision(4)));
}
