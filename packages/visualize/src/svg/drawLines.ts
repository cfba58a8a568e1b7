import * as Plot from '@observablehq/plot';
import type { LineFigure, Series } from '../figure.ts';
import { axesPlot } from './axesPlot.ts';
import type { Canvas, Drawing } from './canvas.ts';
import { withLegend } from './legend.ts';
import { colorAt } from './theme.ts';
import { shortNumber, single, wholeTicks } from './ticks.ts';

/** Curves with so few points have a dot at each. */
const fewPoints = 30;

const logarithmic: Plot.ScaleOptions = {
  type: 'log',
  ticks: 5,
  tickFormat: shortNumber,
};

/** Curves with their legend above and the titles of the axes beside them. */
export function drawLines(
  { x, y, scale = 'linear', xScale = 'linear', series: given }: LineFigure,
  canvas: Canvas,
): Drawing {
  const isDrawn = (value: number): boolean => Number.isFinite(value) && (scale === 'linear' || value > 0);
  const series = xScale === 'log' ? given.map(rightOfZero) : given;
  const colored = series.map((one, i) => ({ ...one, hue: colorAt(canvas.colors, one.color ?? i) }));
  const dotted = series.every(({ points }) => points.length <= fewPoints);
  const xs = series.flatMap(({ points, band = [] }) => [...points, ...band].map(([at]) => at)).filter(Number.isFinite);
  const ys = series.flatMap(({ points, band = [] }) =>
    [...points, ...band].flatMap(([, ...values]) => values.filter(isDrawn)),
  );
  const plot = axesPlot(canvas, {
    x,
    y,
    height: Math.round(Math.min(360, Math.max(200, canvas.width * 0.5))),
    options: {
      x:
        xScale === 'log'
          ? { type: 'log', tickFormat: shortNumber }
          : { ...single(xs), ...wholeTicks(xs, canvas.width) },
      y: { grid: true, nice: true, ...(scale === 'log' ? logarithmic : single(ys)) },
      marks: colored.flatMap((one) => marksOf(one, one.hue, isDrawn, dotted)),
    },
  });
  const entries = colored.map(
    ({ name, hue, dashed, points }) =>
      ({ name, color: hue, mark: points.length === 0 ? 'band' : dashed ? 'dashed' : 'line' }) as const,
  );
  return withLegend(canvas, entries.length < 2 ? [] : entries, plot);
}

/** What a logarithmic axis can show. */
function rightOfZero(series: Series): Series {
  const { points, band } = series;
  const isRight = ([at]: readonly [number, ...number[]]): boolean => at > 0;
  return { ...series, points: points.filter(isRight), ...(band && { band: band.filter(isRight) }) };
}

function marksOf(
  { points, band, dashed }: Series,
  hue: string,
  isDrawn: (value: number) => boolean,
  dotted: boolean,
): Plot.Markish[] {
  // Plot breaks lines at NaN; infinities would stretch the axis.
  const rows = points.map(([at, value]) => ({ at, value: isDrawn(value) ? value : NaN }));
  const within = band?.filter(([at, low, high]) => Number.isFinite(at) && isDrawn(low) && isDrawn(high));
  return [
    ...(within
      ? [Plot.areaY(within, { x: '0', y1: '1', y2: '2', fill: hue, fillOpacity: 0.2, curve: 'linear' } as const)]
      : []),
    Plot.line(rows, {
      x: 'at',
      y: 'value',
      stroke: hue,
      strokeWidth: 2,
      ...(dashed && { strokeDasharray: '5,4' }),
    }),
    ...(dotted ? [Plot.dot(rows, { x: 'at', y: 'value', r: 2.5, fill: hue })] : []),
  ];
}
