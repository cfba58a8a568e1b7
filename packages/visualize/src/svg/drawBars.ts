import * as Plot from '@observablehq/plot';
import type { BarFigure } from '../figure.ts';
import { greatest } from '../greatest.ts';
import { axesPlot } from './axesPlot.ts';
import type { Canvas, Drawing } from './canvas.ts';
import { groupEntries, withLegend } from './legend.ts';
import { colorAt } from './theme.ts';

/** Bars over bins; those of several groups lie over each other. */
export function drawBars({ x, y, edges, bars }: BarFigure, canvas: Canvas): Drawing {
  const plot = axesPlot(canvas, {
    x,
    y,
    height: Math.round(Math.min(320, Math.max(Math.min(180, canvas.width), canvas.width * 0.45))),
    options: {
      x: { domain: [edges[0]!, edges.at(-1)!] },
      y: {
        grid: true,
        nice: true,
        domain: [
          0,
          greatest(
            bars.flatMap(({ counts }) => counts),
            1,
          ),
        ],
      },
      marks: bars.map(({ counts }, i) =>
        Plot.rectY(
          counts.map((count, k) => ({ from: edges[k]!, to: edges[k + 1]!, count })),
          {
            x1: 'from',
            x2: 'to',
            y1: 0,
            y2: 'count',
            fill: colorAt(canvas.colors, i),
            fillOpacity: bars.length > 1 ? 0.55 : 0.9,
            insetLeft: 0.5,
            insetRight: 0.5,
          },
        ),
      ),
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
