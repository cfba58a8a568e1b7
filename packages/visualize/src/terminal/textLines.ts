import plot, { type Color } from 'simple-ascii-chart';
import type { LineFigure, Point } from '../figure.ts';
import { greatest } from '../greatest.ts';
import { wrap } from './wrap.ts';

const colors: readonly Color[] = ['ansiBlue', 'ansiYellow', 'ansiGreen', 'ansiMagenta', 'ansiRed', 'ansiCyan'];

/** Curves, no wider than `columns`. */
export function textLines(figure: LineFigure, columns: number, color: boolean): string[] {
  const isLogX = figure.xScale === 'log';
  const drawn = figure.series
    .map((one, i) => ({
      name: one.name,
      color: one.color ?? i,
      points: thinned(
        one.points.filter((p) => isDrawn(p) && (!isLogX || p[0] > 0)),
        columns,
      ),
    }))
    .filter(({ points }) => points.length > 0);
  const names = drawn.map(({ name }) => name);
  const scale = figure.scale === 'log' ? ', logarithmic' : '';
  const head = `${figure.title}: ${figure.y} over ${figure.x}${isLogX ? ', logarithmic' : ''}${scale}${drawn.length > 1 ? ` (${names.join(', ')})` : ''}`;
  if (drawn.length === 0) return wrap(`${figure.title}: nothing to draw`, columns);
  const data = { ...figure, drawn };
  const first = chart(data, columns - 8, color);
  const excess = widest(first) - columns;
  return [...wrap(head, columns), ...(excess > 0 ? chart(data, columns - 8 - excess, color) : first)];
}

function isDrawn([at, value]: Point): boolean {
  return Number.isFinite(at) && Number.isFinite(value);
}

interface Drawn {
  readonly scale?: LineFigure['scale'];
  readonly xScale?: LineFigure['xScale'];
  readonly drawn: readonly { readonly name: string; readonly color: number; readonly points: readonly Point[] }[];
}

function chart({ drawn, scale, xScale }: Drawn, width: number, color: boolean): string[] {
  const height = (value: number): number => (scale === 'log' ? Math.log10(Math.max(value, Number.MIN_VALUE)) : value);
  const place = (value: number): number => (xScale === 'log' ? Math.log10(value) : value);
  const all = drawn.map(({ points }) => points.map(([x, y]): [number, number] => [place(x), height(y)]));
  const positions = all.flat().map(([at]) => at);
  const ticks = [positions.reduce((a, b) => Math.min(a, b)), positions.reduce((a, b) => Math.max(a, b))];
  const text = plot(all, {
    width: Math.max(3, width),
    height: 10,
    customXAxisTicks: ticks,
    formatter: (value, { axis }) => rounded((axis === 'y' ? scale : xScale) === 'log' ? 10 ** value : value),
    ...(color && { color: drawn.map((one) => colors[one.color % colors.length]!) }),
    ...(color && drawn.length > 1 && { legend: { position: 'bottom', series: drawn.map(({ name }) => name) } }),
  });
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

/** Three digits; years and other whole numbers of up to four digits stay as they are. */
function rounded(value: number): number {
  return Number.isInteger(value) && Math.abs(value) < 10_000 ? value : Number(value.toPrecision(3));
}

function widest(lines: readonly string[]): number {
  // Colors take no room.
  return greatest(lines.map((line) => [...line.replace(/\u001b\[[\d;]*m/g, '')].length));
}

/** One point for each column, with the first and the last. */
function thinned(all: readonly Point[], columns: number): Point[] {
  const count = Math.min(columns, all.length);
  return Array.from({ length: count }, (_, i) => all[Math.round((i * (all.length - 1)) / Math.max(1, count - 1))]!);
}
