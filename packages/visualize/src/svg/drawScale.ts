import * as Plot from '@observablehq/plot';
import { type Canvas, type Drawing, fontSize, lineHeight, svgElement, svgText } from './canvas.ts';
import { plainPlot, widestTick } from './plain.ts';
import { drawRaster } from './raster.ts';
import { shadeOf, type ShadeRange } from './shade.ts';
import { shorten } from './textWidth.ts';

const steps = 64;
const bar = 12;
const margin = 8;
/** Room for numbers; Plot cuts none. */
const numbers = 100;

/** A color scale: a bar with numbers, and with its title at its right. */
export function drawScale(canvas: Canvas, range: ShadeRange, title: string, height: number): Drawing {
  const plot = Plot.plot({
    document: canvas.document,
    width: bar + numbers,
    height,
    marginLeft: 0,
    marginRight: numbers,
    marginTop: margin,
    marginBottom: margin,
    y: { domain: [range.from, range.to] },
    marks: [Plot.axisY({ anchor: 'right', label: null, ticks: Math.max(2, Math.floor(height / 50)), tickSize: 4 })],
  });
  const values = Array.from({ length: steps }, (_, i) => range.to + ((range.from - range.to) * (i + 0.5)) / steps);
  const data = Uint8Array.from(values.flatMap((value) => shadeOf(value, range)));
  const size = { x: 0, y: margin, width: bar, height: height - 2 * margin };
  const width = bar + 12 + widestTick(plot, 'y') + lineHeight;
  return {
    element: svgElement(
      canvas,
      'g',
      { 'aria-label': 'color scale' },
      drawRaster(canvas, { width: 1, height: steps, channels: 4, data }, size),
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
