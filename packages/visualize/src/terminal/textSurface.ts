import type { Point, SurfaceFigure } from '../figure.ts';
import { marks } from './marks.ts';
import { shades } from './shades.ts';
import { wrap } from './wrap.ts';

const height = 20;

/** Heights as shades, and the points of paths as marks. */
export function textSurface(figure: SurfaceFigure, columns: number): string[] {
  const { title, x, y, heights, scale, levels = 'linear', paths = [] } = figure;
  const { values } = heights;
  const of = (value: number): number => (levels === 'log' ? Math.log(value) : value);
  const all = values.flat().map(of).filter(Number.isFinite);
  const [least, most] = [
    all.reduce((a, b) => Math.min(a, b), Infinity),
    all.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const lines = Array.from({ length: height }, (_, r) => {
    const row = values[Math.floor(((r + 0.5) / height) * values.length)]!;
    return Array.from({ length: columns }, (__, c) => {
      const share = (of(row[Math.floor(((c + 0.5) / columns) * row.length)]!) - least) / (most - least || 1);
      return Number.isFinite(share) ? shades[Math.min(4, Math.floor(share * 5))]! : ' ';
    });
  });
  paths.forEach(({ points }, i) => points.forEach((point) => write(lines, heights, point, marks[i % marks.length]!)));
  const key = paths.map(({ name }, i) => `${marks[i % marks.length]} ${name}`).join(', ');
  return [
    ...wrap(`${title} (${y} up, ${x} across; the fuller, the more ${scale})`, columns),
    ...lines.map((line) => line.join('').trimEnd()),
    ...(key ? wrap(key, columns) : []),
  ];
}

/** Writes a mark where a point is, unless it is outside. */
function write(lines: readonly string[][], { x, y }: SurfaceFigure['heights'], [px, py]: Point, mark: string): void {
  const share = (value: number, [from, to]: readonly [number, number]): number => (value - from) / (to - from);
  const [across, up] = [share(px, x), share(py, y)];
  if (!(across >= 0 && across <= 1 && up >= 0 && up <= 1)) return;
  const line = lines[Math.min(height - 1, Math.floor((1 - up) * height))]!;
  line[Math.min(line.length - 1, Math.floor(across * line.length))] = mark;
}
