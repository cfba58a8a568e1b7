import type { NamedPoint, PointFigure, Regions } from '../figure.ts';
import { groupsOf } from '../groupsOf.ts';
import { marks } from './marks.ts';
import { lengthOf, wrap } from './wrap.ts';

const height = 20;
/** The marks of places of a group, behind its points. */
const grounds = ' .:-~=,;';

/** Points as marks or names, over the regions of their groups. Of names at the same place the first is shown, others are a dot. */
export function textPoints(figure: PointFigure, columns: number): string[] {
  const { title, x, y, points, regions } = figure;
  const drawn = points.filter((p) => isShown(p.x, regions?.x) && isShown(p.y, regions?.y));
  const groups = groupsOf(figure);
  const canvas = Array.from({ length: height + 1 }, (_, line) =>
    Array.from({ length: columns }, (_, at) => groundOf(regions, line / (height + 1), at / columns)),
  );
  const column = scale(regions?.x ?? drawn.map((p) => p.x), columns - 1);
  const row = scale(regions?.y ?? drawn.map((p) => p.y), height);
  for (const point of drawn) write(canvas[height - row(point.y)]!, column(point.x), textOf(point, groups));
  const key = groups.map((group, i) => `${marks[i % marks.length]} ${group}${groundKey(regions, i)}`).join(', ');
  return [
    ...wrap(`${title} (${y} up, ${x} across)`, columns),
    ...canvas.map((line) => line.join('').trimEnd()),
    ...(key ? wrap(key, columns) : []),
  ];
}

function isShown(value: number, [from, to]: readonly [number, number] = [-Infinity, Infinity]): boolean {
  return Number.isFinite(value) && value >= from && value <= to;
}

/** The mark of the region at a place, given as shares of the height and the width from the upper left corner. */
function groundOf(regions: Regions | undefined, down: number, across: number): string {
  const row = regions?.groups[Math.floor(down * regions.groups.length)];
  return row === undefined || row.length === 0 ? ' ' : groundMark(row[Math.floor(across * row.length)]!);
}

function groundMark(group: number): string {
  return grounds[group % grounds.length]!;
}

/** What the key says of a group's region: its mark, if it has one. */
function groundKey(regions: Regions | undefined, group: number): string {
  const mark = groundMark(group);
  return regions === undefined || mark === ' ' ? '' : ` (region ${mark})`;
}

function textOf({ name, group }: NamedPoint, groups: readonly string[]): string {
  return name ?? (group === undefined ? '•' : marks[groups.indexOf(group) % marks.length]!);
}

/** Writes a text where it covers no other one, ending at the right edge at most; otherwise a dot at its place. */
function write(line: string[], at: number, text: string): void {
  const from = Math.max(0, Math.min(at, line.length - lengthOf(text)));
  const free = line.slice(Math.max(0, from - 1), from + lengthOf(text) + 1).every((letter) => grounds.includes(letter));
  if (lengthOf(text) === 1) line[at] = text;
  else if (free) [...text].forEach((letter, i) => from + i < line.length && (line[from + i] = letter));
  else if (grounds.includes(line[at]!)) line[at] = '·';
}

function scale(values: readonly number[], size: number): (value: number) => number {
  const [least, most] = [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  return (value) => Math.round(((value - least) / (most - least || 1)) * size);
}
