import { reach } from './plane.ts';
import type { Points } from './program.ts';

/** Reads lines of `x,y,class`. Classes are any two words; a first line of titles is left out. */
export function readPoints(text: string): Points {
  const rows = text
    .split(/\r?\n/)
    .map((line, i) => ({ number: i + 1, cells: line.split(/[,;\t]/).map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (rows[0]?.cells.slice(0, 2).every((cell) => Number.isNaN(Number(cell)))) rows.shift();
  for (const { number, cells } of rows) {
    const isPoint = cells.length === 3 && cells.every(Boolean) && cells.slice(0, 2).every((cell) => isFinite(+cell));
    if (!isPoint) throw new Error(`Line ${number}: expected x,y,class, such as 0.5,-1,0, got "${cells.join(',')}".`);
  }
  const classes = [...new Set(rows.map(({ cells }) => cells[2]!))].sort();
  if (classes.length > 2) throw new Error(`Expected two classes, got ${classes.length}: ${classes.join(', ')}.`);
  if (rows.length === 0) throw new Error('The file has no points. Write a line for each point, such as 0.5,-1,0.');
  // Classes that are called 0 and 1 keep their numbers, also if there is only one of them.
  const labelOf = (name: string): number => (/^[01]$/.test(name) && isBinary ? Number(name) : classes.indexOf(name));
  const isBinary = classes.every((name) => /^[01]$/.test(name));
  return fitted(rows.map(({ cells }) => [Number(cells[0]), Number(cells[1]), labelOf(cells[2]!)]));
}

/** Moves and scales points that do not fit into the plane. */
function fitted(points: Points): Points {
  if (points.every(([x, y]) => Math.max(Math.abs(x), Math.abs(y)) <= reach)) return points;
  const scale = (axis: 0 | 1): ((value: number) => number) => {
    const values = points.map((point) => point[axis]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const half = Math.max(most - least, 1e-9) / 2;
    return (value) => (1.1 * (value - (least + most) / 2)) / half;
  };
  const [x, y] = [scale(0), scale(1)];
  return points.map((point) => [x(point[0]), y(point[1]), point[2]]);
}

export const toCsv = (points: readonly (readonly number[])[]): string =>
  points.map(([x, y, label]) => `${+x!.toFixed(3)},${+y!.toFixed(3)},${label}`).join('\n');
