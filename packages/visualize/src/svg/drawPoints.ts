import * as Plot from '@observablehq/plot';
import { groupsOf } from '../groupsOf.ts';
import type { PointFigure, Regions } from '../figure.ts';
import { type AxesPlot, axesPlot } from './axesPlot.ts';
import { type Canvas, type Drawing, fontSize, svgText } from './canvas.ts';
import { groupEntries, withLegend } from './legend.ts';
import { placeLabels } from './placeLabels.ts';
import { drawRaster } from './raster.ts';
import { channelsOf, colorAt, palette } from './theme.ts';
import { single } from './ticks.ts';

/** Narrower pictures have smaller points. */
const narrow = 220;

/** Points, with names beside them where these overlap nothing, and with a legend of the groups. */
export function drawPoints(figure: PointFigure, canvas: Canvas): Drawing {
  const { x, y, points, regions, lines = [] } = figure;
  const groups = groupsOf(figure);
  const drawn = points
    .filter((p) => Number.isFinite(p.x) && Number.isFinite(p.y))
    .map((p) => ({ ...p, hue: colorAt(canvas.colors, p.group === undefined ? 0 : groups.indexOf(p.group)) }));
  const lineColor = colorAt(canvas.colors, 7);
  const plot = axesPlot(canvas, {
    x,
    y,
    height: Math.round(Math.min(560, Math.max(Math.min(240, canvas.width), canvas.width * 0.7))),
    options: {
      x: regions ? { domain: regions.x } : { nice: true, ...single(drawn.map((p) => p.x)) },
      y: regions ? { domain: regions.y } : { grid: true, nice: true, ...single(drawn.map((p) => p.y)) },
      marks: [
        ...lines.map(({ points: line }) =>
          Plot.line(line, { x: '0', y: '1', stroke: lineColor, strokeWidth: 1.5, strokeDasharray: '5,4' }),
        ),
        Plot.dot(drawn, { x: 'x', y: 'y', r: canvas.width < narrow ? 2 : 3, fill: 'hue', fillOpacity: 0.8 }),
      ],
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
  return withLegend(
    canvas,
    [
      ...groupEntries(groups, canvas),
      ...lines.map(({ name }) => ({ name, color: lineColor, mark: 'dashed' }) as const),
    ],
    plot,
  );
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
