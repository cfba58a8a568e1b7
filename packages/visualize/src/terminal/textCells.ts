import type { CellFigure } from '../figure.ts';
import { greatest } from '../greatest.ts';
import { shades } from './shades.ts';
import { cut, lengthOf, pad, wrap } from './wrap.ts';

/** A table of numbers: their texts, or shades, in blocks of as many columns as have room. */
export function textCells(figure: CellFigure, columns: number): string[] {
  const { title, x, y } = figure;
  const margin = Math.min(Math.floor(columns / 2), greatest(figure.rows.map(lengthOf)));
  const room = columns - margin - 2;
  const texts = textsOf(figure);
  const widest = greatest(texts.flat().map(lengthOf));
  const cell = Math.min(Math.max(1, room), figure.labels ? widest + 2 : widest);
  const perBlock = Math.max(1, Math.floor(room / Math.max(1, cell)));
  const named = figure.columns.every((name) => lengthOf(name) < cell);
  const heads = figure.columns.map((name, j) => (named ? name : String(j + 1)));
  const blocks = Math.max(1, Math.ceil(figure.columns.length / perBlock));
  const align = figure.labels ? right : center;
  const lines = Array.from({ length: blocks }, (_, b) => {
    const part = <T>(row: readonly T[]): readonly T[] => row.slice(b * perBlock, (b + 1) * perBlock);
    return [
      ...figure.rows.map(
        (name, i) =>
          `${pad(cut(name, margin), margin, 'start')} │${part(texts[i]!)
            .map((text) => pad(text, cell, 'start'))
            .join('')}`,
      ),
      `${' '.repeat(margin)}  ${part(heads)
        .map((head) => align(head, cell))
        .join('')}`.trimEnd(),
    ];
  });
  const key = named ? '' : `${x}: ${figure.columns.map((name, j) => `${j + 1} ${name}`).join(', ')}`;
  return [...wrap(`${title} (${y} down, ${x} across)`, columns), ...lines.flat(), ...(key ? wrap(key, columns) : [])];
}

function textsOf({ labels, values }: CellFigure): readonly (readonly string[])[] {
  if (labels) return labels;
  const most =
    values
      .flat()
      .filter(Number.isFinite)
      .reduce((a, v) => Math.max(a, Math.abs(v)), 0) || 1;
  return values.map((row) =>
    row.map((value) => {
      const shade = shades[Math.min(4, Math.floor((Math.abs(value) / most) * 5))] ?? '?';
      return value < 0 ? `−${shade.repeat(2)}` : shade.repeat(3);
    }),
  );
}

const right = (text: string, columns: number): string => pad(cut(text, columns), columns, 'start');

function center(text: string, columns: number): string {
  return pad(pad(text, Math.ceil((columns + lengthOf(text)) / 2), 'start'), columns, 'end').slice(0, columns);
}
