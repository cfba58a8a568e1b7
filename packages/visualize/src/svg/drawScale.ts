import * as Plot from '@observablehq/plot';
import { type Canvas, type Drawing, fontSize, lineHeight, svgElement, svgText } from './canvas.ts';
import type { Levels } from './levels.ts';
import { plainNumbers, plainPlot, widestTick } from './plain.ts';
import { drawRaster } from './raster.ts';
import { shadeOf, type ShadeRange } from './shade.ts';
import { shorten } from './textWidth.ts';
import { shortNumber } from './ticks.ts';

const steps = 64;
const bar = 12;
const margin = 8;
/** Room for numbers; Plot cuts none. */
const numbers = 100;

/** A color scale: a bar with numbers, and with its title at its right. */
export function drawScale(canvas: Canvas, range: ShadeRange, title: string, height: number): Drawing {
  const values = Array.from({ length: steps }, (_, i) => range.to + ((range.from - range.to) * (i + 0.5)) / steps);
  const data = Uint8Array.from(values.flatMap((value) => shadeOf(value, range)));
  const size = { x: 0, y: margin, width: bar, height: height - 2 * margin };
  const shades = drawRaster(canvas, { width: 1, height: steps, channels: 4, data }, size);
  return scaleOf(canvas, { domain: [range.from, range.to] }, title, height, () => [shades]);
}

/** The scale of contours: a bar with a step at each level. */
export function drawLevels(canvas: Canvas, levels: Levels, title: string, height: number): Drawing {
  const scale = {
    domain: [levels.from, levels.to],
    ...(levels.isLog && ({ type: 'log' } as const)),
  };
  return scaleOf(canvas, scale, title, height, (place) => [
    ...levels.at.map((level) =>
      svgElement(canvas, 'rect', { x: 0, y: margin, width: bar, height: place(level) - margin, ...levelFill(levels) }),
    ),
    svgElement(canvas, 'rect', {
      x: 0,
      y: margin,
      width: bar,
      height: height - 2 * margin,
      fill: 'none',
      stroke: 'currentColor',
      'stroke-opacity': 0.25,
    }),
  ]);
}

/** The share of gray above all levels. */
const strongest = 0.5;

/** What each level adds to those below it. */
export function levelFill({ at }: Levels): { readonly fill: string; readonly 'fill-opacity': string } {
  return { fill: 'currentColor', 'fill-opacity': (1 - (1 - strongest) ** (1 / Math.max(1, at.length))).toFixed(4) };
}

function scaleOf(
  canvas: Canvas,
  scale: Plot.ScaleOptions,
  title: string,
  height: number,
  shades: (place: (value: number) => number) => readonly SVGElement[],
): Drawing {
  const plot = Plot.plot({
    document: canvas.document,
    width: bar + numbers,
    height,
    marginLeft: 0,
    marginRight: numbers,
    marginTop: margin,
    marginBottom: margin,
    y: scale,
    marks: [
      Plot.axisY({
        anchor: 'right',
        label: null,
        ticks: Math.max(3, Math.floor(height / 50)),
        tickSize: 4,
        ...(scale.type === 'log' && { tickFormat: shortNumber }),
      }),
    ],
  });
  plainNumbers(plot, 'y');
  const width = bar + 12 + widestTick(plot, 'y') + lineHeight;
  return {
    element: svgElement(
      canvas,
      'g',
      { 'aria-label': 'color scale' },
      ...shades((value) => plot.scale('y')!.apply(value) as number),
      plainPlot(plot, 0),
      svgText(canvas, shorten(title, fontSize, height), {
        'text-anchor': 'middle',
        transform: `translate(${width - 3},${height / 2}) rotate(-90)`,
      }),
    ),
    width,
    height,
  };
}
