import * as Plot from '@observablehq/plot';
import { type Canvas, type Drawing, fontSize, lineHeight, svgElement, svgText } from './canvas.ts';
import { plainNumbers, plainPlot, widestTick } from './plain.ts';
import { shorten, textWidth } from './textWidth.ts';

/** A plot with axes and their titles. */
export interface AxesPlot extends Drawing {
  /** The element that Plot made. */
  readonly svg: SVGElement;
  /** From values to pixels of `svg`. */
  readonly scale: (name: 'x' | 'y') => (value: number) => number;
  /** The frame inside of the axes, in pixels of `svg`. */
  readonly frame: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

interface Axes {
  readonly x: string;
  readonly y: string;
  readonly height: number;
  readonly options: Plot.PlotOptions;
}

const top = 8;
const bottom = 24;

/** Draws marks with axes, whose margins hold their numbers, and with the titles of the axes beside them. */
export function axesPlot(canvas: Canvas, { x, y, height, options }: Axes): AxesPlot {
  const yTitle = lineHeight + 4;
  const common: Plot.PlotOptions = {
    ...options,
    document: canvas.document,
    width: canvas.width - yTitle,
    height,
    marginTop: top,
    marginBottom: bottom,
    style: { fontSize: `${fontSize}px` },
    x: { ...options.x, label: null },
    y: { ...options.y, label: null },
  };
  const first = withPlainNumbers(common);
  const left = widestTick(first, 'y') + 12;
  const right = Math.max(widestTick(first, 'x') / 2, 10) + 2;
  const ticks = ticksFor(canvas.width - yTitle - left - right, widestTick(first, 'x'));
  const plot = withPlainNumbers({ ...common, marginLeft: left, marginRight: right, x: { ...ticks, ...common.x } });
  const svg = plainPlot(plot, yTitle);
  const middle = yTitle + (left + (canvas.width - yTitle - right)) / 2;
  const titles = [
    svgText(canvas, shorten(x, fontSize, canvas.width), titlePlace(middle, height + 12, x, canvas.width)),
    svgText(canvas, shorten(y, fontSize, height), {
      'text-anchor': 'middle',
      transform: `translate(12,${height / 2}) rotate(-90)`,
    }),
  ];
  return {
    element: svgElement(canvas, 'g', {}, svg, ...titles),
    width: canvas.width,
    height: height + (x === '' ? 0 : lineHeight),
    svg,
    scale: (name) => (value) => plot.scale(name)!.apply(value) as number,
    frame: { left, right: canvas.width - yTitle - right, top, bottom: height - bottom },
  };
}

/** Leaves alone what a function writes, as names of categories. */
function withPlainNumbers(options: Plot.PlotOptions): ReturnType<typeof Plot.plot> {
  const plot = Plot.plot(options);
  for (const axis of ['x', 'y'] as const) if (typeof options[axis]?.tickFormat !== 'function') plainNumbers(plot, axis);
  return plot;
}

/** About one number for 80 pixels, as Plot has by default; fewer if they are wide, but at least two, as 1M if they have no room. */
function ticksFor(width: number, widest: number): { readonly ticks: number; readonly tickFormat?: string } {
  const room = width / (widest + 14);
  return room < 2 ? { ticks: 1, tickFormat: '~s' } : { ticks: Math.max(2, Math.min(room, width / 80)) };
}

/** Centers a title below its axis, or starts at the left edge where it is too long for that. */
function titlePlace(middle: number, y: number, text: string, width: number): Record<string, string | number> {
  const half = textWidth(text, fontSize) / 2;
  const at = Math.max(half, Math.min(middle, width - half));
  return half * 2 > width ? { x: 0, y } : { x: at, y, 'text-anchor': 'middle' };
}
