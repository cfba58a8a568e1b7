import * as Plot from '@observablehq/plot';
import type { CategoryFigure } from '../figure.ts';
import { axesPlot } from './axesPlot.ts';
import { type Canvas, type Drawing, fontSize, lineHeight } from './canvas.ts';
import { groupEntries, withLegend } from './legend.ts';
import { shorten } from './textWidth.ts';
import { colorAt } from './theme.ts';
import { wholeStep } from './ticks.ts';

/** The height of a bar, and the most of all rows. */
const [thickness, mostHeight] = [16, 1200];
/** The share of a row that its bars take. */
const share = 0.8;

/** A row for each name, with a bar for each group. With one group, colors tell numbers below 0 from those above, as in heat maps. */
export function drawCategories({ x, y, names, bars }: CategoryFigure, canvas: Canvas): Drawing {
  const rowHeight = Math.min(
    Math.max(lineHeight + 4, (thickness * Math.sqrt(bars.length)) / share),
    mostHeight / Math.max(1, names.length),
  );
  const every = wholeStep(lineHeight / rowHeight);
  const ticks = [...names.keys()].filter((i) => i % every === 0).map((i) => i + 0.5);
  const most = Math.min(220, canvas.width * 0.4);
  const all = bars.flatMap(({ values }) => values).filter(Number.isFinite);
  const plot = axesPlot(canvas, {
    x,
    y,
    height: Math.round(Math.max(2 * lineHeight, rowHeight * names.length) + 32),
    options: {
      x: {
        grid: true,
        nice: true,
        domain: [
          all.reduce((a, b) => Math.min(a, b), 0),
          all.reduce((a, b) => Math.max(a, b), 0) || Number(all.every((v) => v === 0)),
        ],
      },
      y: {
        domain: [Math.max(1, names.length), 0],
        ticks,
        tickSize: 0,
        tickFormat: (at: number) => shorten(names[at - 0.5]!, fontSize, most),
      },
      color: { type: 'identity' },
      marks: [
        ...bars.map(({ values }, i) =>
          Plot.rect(rowsOf(values, i, bars.length), {
            x1: 'from',
            x2: 'to',
            y1: 'top',
            y2: 'bottom',
            fill: ({ from }: { from: number }) => colorAt(canvas.colors, bars.length === 1 && from < 0 ? 1 : i),
            fillOpacity: 0.9,
          }),
        ),
        Plot.ruleX([0], { stroke: 'currentColor', strokeOpacity: 0.4 }),
      ],
    },
  });
  return withLegend(
    canvas,
    groupEntries(
      bars.map(({ name }) => name),
      canvas,
    ),
    plot,
  );
}

/** The bars of a group, each in its part of the row. */
function rowsOf(values: readonly number[], group: number, groups: number) {
  const top = (1 - share) / 2;
  return values.flatMap((value, row) =>
    Number.isFinite(value)
      ? [
          {
            from: Math.min(0, value),
            to: Math.max(0, value),
            top: row + top + (share * group) / groups,
            bottom: row + top + (share * (group + 1)) / groups,
          },
        ]
      : [],
  );
}
