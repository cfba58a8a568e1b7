import * as Plot from '@observablehq/plot';
import type { Path, SurfaceFigure } from '../figure.ts';
import { axesPlot } from './axesPlot.ts';
import { type Canvas, type Drawing, placed, svgElement } from './canvas.ts';
import { clipPath } from './clipPath.ts';
import { drawLevels, levelFill } from './drawScale.ts';
import { withLegend } from './legend.ts';
import { type Levels, levelsOf } from './levels.ts';
import { colorAt } from './theme.ts';

/** Paths with so few points have a dot at each. */
const fewPoints = 60;
const gap = 16;

/** Contours with paths on them, their legend above, and the scale of heights at the right. */
export function drawSurface(
  { x, y, heights, scale, levels: kind, paths = [] }: SurfaceFigure,
  canvas: Canvas,
): Drawing {
  const levels = levelsOf(heights, kind);
  const height = Math.round(Math.min(520, Math.max(220, canvas.width * 0.62)));
  const bar = drawLevels(canvas, levels, scale, height - 24);
  const plot = axesPlot(
    { ...canvas, width: canvas.width - bar.width - gap },
    {
      x,
      y,
      height,
      options: {
        x: { domain: heights.x },
        y: { domain: heights.y },
        marks: [
          contours(heights, levels),
          Plot.frame({ stroke: 'currentColor', strokeOpacity: 0.25 }),
          ...paths.flatMap((path, i) => pathMarks(path, heights, colorAt(canvas.colors, i))),
        ],
      },
    },
  );
  const group = svgElement(canvas, 'g', {}, plot.element, placed(canvas, bar, plot.width + gap, 0));
  const body = { element: group, width: canvas.width, height: plot.height };
  if (paths.length === 0) return body;
  const entries = paths.map(({ name }, i) => ({ name, color: colorAt(canvas.colors, i), mark: 'line' as const }));
  const ends = [
    { name: 'start', color: 'currentColor', mark: 'ring' as const },
    { name: 'end', color: 'currentColor', mark: 'dot' as const },
  ];
  return withLegend(canvas, [...entries, ...ends], body);
}

function contours({ x, y, values }: SurfaceFigure['heights'], levels: Levels): Plot.Markish {
  const height = (value: number): number => (levels.isLog ? Math.log10(value) : value);
  const { fill, 'fill-opacity': fillOpacity } = levelFill(levels);
  return Plot.contour(
    values.flat().map((value) => (Number.isFinite(value) && (value > 0 || !levels.isLog) ? height(value) : NaN)),
    {
      width: values[0]!.length,
      height: values.length,
      x1: x[0],
      x2: x[1],
      y1: y[1],
      y2: y[0],
      thresholds: levels.at.map(height),
      fill,
      fillOpacity: Number(fillOpacity),
      stroke: 'none',
    },
  );
}

function pathMarks({ points }: Path, { x, y }: SurfaceFigure['heights'], hue: string): Plot.Markish[] {
  const isWithin = ([px, py]: Path['points'][number]): boolean => px >= x[0] && px <= x[1] && py >= y[0] && py <= y[1];
  const all = points.filter(isWithin);
  const ends = { x: '0', y: '1', r: 5, stroke: hue, strokeWidth: 2 } as const;
  const [first, last] = [points[0], points.at(-1)];
  return [
    Plot.line(clipPath(points, x, y), { x: '0', y: '1', stroke: hue, strokeWidth: 2 }),
    ...(points.length <= fewPoints ? [Plot.dot(all, { x: '0', y: '1', r: 2.5, fill: hue })] : []),
    ...(first && isWithin(first) ? [Plot.dot([first], { ...ends, fill: 'none' })] : []),
    ...(last && isWithin(last) ? [Plot.dot([last], { ...ends, fill: hue })] : []),
  ];
}
