import type { CategoryFigure } from '../figure.ts';
import { greatest } from '../greatest.ts';
import { cut, lengthOf, pad, wrap } from './wrap.ts';

/** A row for each name, with its bar and its number, for each group. Bars of negative numbers are lighter. */
export function textCategories({ title, x, y, names, bars }: CategoryFigure, columns: number): string[] {
  const groups = bars.map(({ name, values }) => ({ name, values, texts: values.map(textOf) }));
  const widest = greatest(groups.flatMap(({ texts }) => texts.map(lengthOf)));
  const margin = Math.min(Math.floor(columns * 0.4), columns - widest - 4, greatest(names.map(lengthOf)));
  const room = Math.max(1, columns - margin - 3 - widest);
  const most = greatest(bars.flatMap(({ values }) => values.filter(Number.isFinite).map(Math.abs))) || 1;
  const lines = groups.flatMap(({ name, values, texts }) => {
    const rows = values.map((value, i) => {
      const length = Number.isFinite(value) ? Math.round((Math.abs(value) / most) * room) : 0;
      return `${pad(cut(names[i]!, margin), margin, 'start')} │${(value < 0 ? '░' : '█').repeat(length)} ${texts[i]}`;
    });
    return bars.length > 1 ? [...wrap(name, columns), ...rows] : rows;
  });
  return [...wrap(`${title} (${x} of each ${y})`, columns), ...lines];
}

function textOf(value: number): string {
  return Number.isNaN(value) ? '?' : String(Number(value.toPrecision(3))).replace('-', '−');
}
