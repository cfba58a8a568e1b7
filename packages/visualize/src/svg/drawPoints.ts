import * as Plot from '@observablehq/plot';
import type { PointFigure } from '../figure.ts';
import { axesPlot } from './axesPlot.ts';
import { type Canvas, type Drawing, fontSize, stacked, svgText } from './canvas.ts';
import { drawLegend } from './legend.ts';
import { placeLabels } from './placeLabels.ts';
import { colorAt } from './theme.ts';
import { single } from './ticks.ts';

/** Points, with names beside them where these overlap nothing, and with a legend of the groups. */
export function drawPoints({ x, y, points }: PointFigure, canvas: Canvas): Drawing {
  const groups = [...new Set(points.flatMap(({ group }) => group ?? []))];
  const drawn = points
    .filter((p) => Number.isFinite(p.x) && Number.isFinite(p.y))
    .map((p) => ({ ...p, hue: colorAt(canvas.colors, p.group === undefined ? 0 : groups.indexOf(p.group)) }));
  const plot = axesPlot(canvas, {
    x,
    y,
    height: Math.round(Math.min(560, Math.max(240, canvas.width * 0.7))),
    options: {
      x: { nice: true, ...single(drawn.map((p) => p.x)) },
      y: { grid: true, nice: true, ...single(drawn.map((p) => p.y)) },
      marks: [Plot.dot(drawn, { x: 'x', y: 'y', r: 3, fill: 'hue', fillOpacity: 0.8 })],
      color: { type: 'identity' },
    },
  });
  const named = drawn.filter(({ name }) => name !== undefined);
  if (named.length > 0) {
    const [px, py] = [plot.scale('x'), plot.scale('y')];
    const dots = drawn.map((p) => ({ x: px(p.x), y: py(p.y) }));
    const labels = named.map((p) => ({ text: p.name!, x: px(p.x), y: py(p.y) }));
    for (const { text, x: left, y: base } of placeLabels(labels, dots, plot.frame))
      plot.svg.append(svgText(canvas, text, { x: left, y: base, 'text-anchor': 'start', 'font-size': fontSize }));
  }
  if (groups.length < 2) return plot;
  const legend = drawLegend(
    canvas,
    groups.map((name, i) => ({ name, color: colorAt(canvas.colors, i), mark: 'dot' })),
  );
  return stacked(canvas, [legend, plot], 6);
}
