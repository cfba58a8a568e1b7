import * as Plot from '@observablehq/plot';
import { groupsOf } from '../groupsOf.ts';
import type { PointFigure, Regions } from '../figure.ts';
import { type AxesPlot, axesPlot } from './axesPlot.ts';
import { type Canvas, type Drawing, fontSize, stacked, svgText } from './canvas.ts';
import { drawLegend } from './legend.ts';
import { placeLabels } from './placeLabels.ts';
import { drawRaster } from './raster.ts';
import { channelsOf, colorAt, palette } from './theme.ts';
import { single } from './ticks.ts';

/** Points, with names beside them where these overlap nothing, and with a legend of the groups. */
export function drawPoints(figure: PointFigure, canvas: Canvas): Drawing {
  const { x, y, points, regions } = figure;
  const groups = groupsOf(figure);
  const drawn = points
    .filter((p) => Number.isFinite(p.x) && Number.isFinite(p.y))
    .map((p) => ({ ...p, hue: colorAt(canvas.colors, p.group === undefined ? 0 : groups.indexOf(p.group)) }));
  const plot = axesPlot(canvas, {
    x,
    y,
    height: Math.round(Math.min(560, Math.max(Math.min(240, canvas.width), canvas.width * 0.7))),
    options: {
      x: regions ? { domain: regions.x } : { nice: true, ...single(drawn.map((p) => p.x)) },
      y: regions ? { domain: regions.y } : { grid: true, nice: true, ...single(drawn.map((p) => p.y)) },
      marks: [Plot.dot(drawn, { x: 'x', y: 'y', r: 3, fill: 'hue', fillOpacity: 0.8 })],
      color: { type: 'identity' },
    },
  });
  if (regions) plot.svg.prepend(drawRegions(regions, plot, canvas));
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

/** Regions in light colors of their groups. */
function drawRegions({ x, y, groups }: Regions, plot: AxesPlot, canvas: Canvas): SVGElement {
  const colors = groups.flat().flatMap((group) => [...channelsOf(palette[group % palette.length]!), 70]);
  const picture = {
    width: groups[0]?.length ?? 0,
    height: groups.length,
    channels: 4,
    data: Uint8Array.from(colors),
  } as const;
  const [px, py] = [plot.scale('x'), plot.scale('y')];
  const size = { x: px(x[0]), y: py(y[1]), width: px(x[1]) - px(x[0]), height: py(y[0]) - py(y[1]) };
  return drawRaster(canvas, picture, size);
}
