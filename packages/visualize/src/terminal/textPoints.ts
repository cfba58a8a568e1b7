import type { NamedPoint, PointFigure } from '../figure.ts';
import { groupsOf } from '../groupsOf.ts';
import { lengthOf, wrap } from './wrap.ts';

const height = 20;
const marks = 'o+x*#%@&';

/** Points as marks or names. Of names at the same place the first is shown, others are a dot. */
export function textPoints(figure: PointFigure, columns: number): string[] {
  const { title, x, y, points } = figure;
  const drawn = points.filter((p) => Number.isFinite(p.x) && Number.isFinite(p.y));
  const groups = groupsOf(figure);
  const canvas = Array.from({ length: height + 1 }, () => new Array<string>(columns).fill(' '));
  const [column, row] = [
    scale(
      drawn.map((p) => p.x),
      columns - 1,
    ),
    scale(
      drawn.map((p) => p.y),
      height,
    ),
  ];
  for (const point of drawn) write(canvas[height - row(point.y)]!, column(point.x), textOf(point, groups));
  const key = groups.map((group, i) => `${marks[i % marks.length]} ${group}`).join(', ');
  return [
    ...wrap(`${title} (${y} up, ${x} across)`, columns),
    ...canvas.map((line) => line.join('').trimEnd()),
    ...(key ? wrap(key, columns) : []),
  ];
}

function textOf({ name, group }: NamedPoint, groups: readonly string[]): string {
  return name ?? (group === undefined ? '•' : marks[groups.indexOf(group) % marks.length]!);
}

/** Writes a text where it covers no other one, ending at the right edge at most; otherwise a dot at its place. */
function write(line: string[], at: number, text: string): void {
  const from = Math.max(0, Math.min(at, line.length - lengthOf(text)));
  const free = line.slice(Math.max(0, from - 1), from + lengthOf(text) + 1).every((letter) => letter === ' ');
  if (lengthOf(text) === 1) line[at] = text;
  else if (free) [...text].forEach((letter, i) => from + i < line.length && (line[from + i] = letter));
  else if (line[at] === ' ') line[at] = '·';
}

function scale(values: readonly number[], size: number): (value: number) => number {
  const [least, most] = [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  return (value) => Math.round(((value - least) / (most - least || 1)) * size);
}
