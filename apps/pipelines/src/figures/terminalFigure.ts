import plot, { type Color } from 'simple-ascii-chart';
import type { CellFigure, Figure, LineFigure, PointFigure } from './figure.ts';

const width = 70;
const shades = ' ░▒▓█';
const colors: readonly Color[] = ['ansiBlue', 'ansiYellow', 'ansiRed', 'ansiCyan', 'ansiGreen', 'ansiMagenta'];

/** The figure as lines of text. Curves are in color if the output is a terminal. */
export function terminalFigure(figure: Figure, options: { readonly color?: boolean } = {}): string {
  const { color = process.stdout.isTTY } = options;
  switch (figure.kind) {
    case 'lines':
      return lines(figure, color);
    case 'cells':
      return cells(figure);
    case 'points':
      return points(figure);
  }
}

function lines({ title, x, y, series }: LineFigure, color: boolean): string {
  const drawn = series
    .map(({ name, points: all }) => ({ name, points: thinned(all) }))
    .filter((one) => one.points.length > 0);
  if (drawn.length === 0) return `${title}: nothing to draw`;
  const positions = drawn.flatMap((one) => one.points.map(([at]) => at));
  const [from, to] = [Math.min(...positions), Math.max(...positions)];
  const names = drawn.map(({ name }) => name);
  const chart = plot(
    drawn.map((one) => one.points),
    {
      width,
      height: 10,
      customXAxisTicks: [from, to],
      formatter: (value) => Number(value.toPrecision(3)),
      ...(color && { color: drawn.map((_, i) => colors[i % colors.length]!) }),
      ...(color && drawn.length > 1 && { legend: { position: 'bottom', series: names } }),
    },
  );
  const head = `${title}: ${y} over ${x}${drawn.length > 1 ? ` (${names.join(', ')})` : ''}`;
  return [
    head,
    ...chart
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== ''),
  ].join('\n');
}

/** One point for each column, with the first and the last. */
function thinned<T extends readonly [number, number]>(all: readonly T[]): [number, number][] {
  const count = Math.min(width, all.length);
  return Array.from({ length: count }, (_, i) => {
    const [x, y] = all[Math.round((i * (all.length - 1)) / Math.max(1, count - 1))]!;
    return [x, y];
  });
}

function cells({ title, x, y, columns, rows, values }: CellFigure): string {
  const most = Math.max(1e-9, ...values.flat());
  const margin = Math.max(...rows.map((name) => name.length));
  const body = rows.map((name, i) => {
    const row = values[i]!.map((value) => shades[Math.min(4, Math.floor((value / most) * 5))]!.repeat(3));
    return `${name.padStart(margin)} │${row.join('')}`;
  });
  const numbers = columns
    .map((_, j) =>
      String(j + 1)
        .padStart(2)
        .padEnd(3),
    )
    .join('');
  return [
    `${title} (${y} down, ${x} across)`,
    ...body,
    `${' '.repeat(margin)}  ${numbers}`,
    `${x}: ${columns.map((name, j) => `${j + 1} ${name}`).join(', ')}`,
  ].join('\n');
}

function points({ title, points: all }: PointFigure): string {
  const height = 20;
  const canvas = Array.from({ length: height + 1 }, () => new Array<string>(width + 20).fill(' '));
  const scale = (values: readonly number[], size: number): ((value: number) => number) => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return (value) => Math.round(((value - least) / (most - least || 1)) * size);
  };
  const [column, row] = [
    scale(
      all.map((p) => p.x),
      width,
    ),
    scale(
      all.map((p) => p.y),
      height,
    ),
  ];
  for (const { name, x, y } of all) {
    [...name].forEach((letter, i) => {
      const line = canvas[height - row(y)]!;
      if (column(x) + i < line.length) line[column(x) + i] = letter;
    });
  }
  return [title, ...canvas.map((line) => line.join('').trimEnd())].join('\n');
}
