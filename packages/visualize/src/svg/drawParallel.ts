import type { ParallelFigure } from '../figure.ts';
import { greatest } from '../greatest.ts';
import { parallelScale } from '../parallelScale.ts';
import { type Canvas, type Drawing, fontSize, lineHeight, svgElement, svgText } from './canvas.ts';
import { shorten, textWidth, wrapText } from './textWidth.ts';
import { colorAt } from './theme.ts';
import { wholeStep } from './ticks.ts';

const smallFont = 11;
const [height, barWidth] = [260, 8];
/** The share of the color of the worst score. */
const faintest = 0.12;

/** An axis for each hyper-parameter, a line for each trial, and a color scale at the last axis. */
export function drawParallel({ axes, best }: ParallelFigure, canvas: Canvas): Drawing {
  const scales = axes.map(parallelScale);
  const room = canvas.width / Math.max(1, axes.length);
  const names = axes.map(({ name }) => wrapText(name, fontSize, room - 8));
  const top = greatest(names.map((lines) => lines.length)) * lineHeight + 10;
  const texts = scales.map(({ ticks }) => ticks.map(({ value }) => fittingText(value, room - 24)));
  // As far from the left of each column as the widest number needs.
  const offset = Math.max(room / 2, greatest(texts.flat().map((text) => textWidth(text, smallFont))) + 8);
  const x = (axis: number): number => room * axis + offset;
  const y = (share: number): number => top + (1 - share) * height;
  const strength = (share: number): number => faintest + (1 - faintest) * (best === 'least' ? 1 - share : share);
  const color = colorAt(canvas.colors, 0);
  const last = scales.at(-1);
  const scores = (axes.at(-1)?.values ?? []).map((value) => last!.place(value));
  const order = [...scores.keys()].sort((a, b) => strengthOf(scores[a]!) - strengthOf(scores[b]!));
  function strengthOf(share: number): number {
    return Number.isNaN(share) ? 0 : strength(share);
  }
  const lines = order.map((trial) => {
    const failed = Number.isNaN(scores[trial]!);
    return svgElement(canvas, 'path', {
      d: pathOf(axes.map(({ values }, k) => [x(k), y(scales[k]!.place(values[trial]!))])),
      fill: 'none',
      stroke: failed ? colorAt(canvas.colors, 7) : color,
      'stroke-opacity': failed ? 0.5 : strengthOf(scores[trial]!),
      'stroke-width': 1.5,
      'stroke-dasharray': failed ? '3,3' : undefined,
    });
  });
  const group = svgElement(
    canvas,
    'g',
    {},
    ...lines,
    ...(last ? drawBar(canvas, color, { x: x(axes.length - 1), y, strength }) : []),
    ...scales.flatMap(({ ticks }, k) =>
      drawAxis(
        canvas,
        names[k]!,
        ticks.map(({ at }, i) => ({ at, text: texts[k]![i]! })),
        { x: x(k), y, column: [room * k, room * (k + 1)] },
      ),
    ),
  );
  return { element: group, width: canvas.width, height: top + height + 8 };
}

/** A text, or a number with as many digits as have room. */
function fittingText(value: number | string, room: number): string {
  if (typeof value === 'string') return shorten(value, smallFont, room);
  const tries = [3, 2, 1].map((digits) => String(Number(value.toPrecision(digits))));
  const text = [...tries, value.toExponential(0)].find((one) => textWidth(one, smallFont) <= room);
  return (text ?? value.toExponential(0)).replace('-', '−').replace('e+', 'e').replace('e-', 'e−');
}

/** A path through points; NaN is a gap. */
function pathOf(points: readonly (readonly [number, number])[]): string {
  let isOpen = false;
  return points
    .map(([x, y]) => {
      const command = isOpen ? 'L' : 'M';
      isOpen = Number.isFinite(y);
      return isOpen ? `${command}${x.toFixed(1)},${y.toFixed(1)}` : '';
    })
    .join('');
}

interface Place {
  readonly x: number;
  readonly y: (share: number) => number;
}

function drawAxis(
  canvas: Canvas,
  name: readonly string[],
  ticks: readonly { readonly at: number; readonly text: string }[],
  { x, y, column }: Place & { readonly column: readonly [number, number] },
): SVGElement[] {
  // Lines run behind the numbers.
  const { background } = canvas.colors;
  const halo = background ? { stroke: background, 'stroke-width': 3, 'paint-order': 'stroke' } : {};
  const every = wholeStep((lineHeight * ticks.length) / (height + lineHeight));
  return [
    svgElement(canvas, 'line', { x1: x, x2: x, y1: y(1), y2: y(0), stroke: 'currentColor', 'stroke-opacity': 0.6 }),
    ...name.map((line, i) => {
      const half = textWidth(line, fontSize) / 2;
      const at = Math.max(column[0] + half, Math.min(x, column[1] - half));
      return svgText(canvas, line, {
        x: at,
        y: y(1) - 10 - (name.length - 1 - i) * lineHeight,
        'text-anchor': 'middle',
      });
    }),
    ...ticks.flatMap(({ text, at }, i) =>
      i % every === 0
        ? [svgText(canvas, text, { x: x - 5, y: y(at) + 4, 'text-anchor': 'end', 'font-size': smallFont, ...halo })]
        : [],
    ),
  ];
}

const steps = 24;

/** The colors of scores, beside the last axis. */
function drawBar(
  canvas: Canvas,
  color: string,
  { x, y, strength }: Place & { readonly strength: (share: number) => number },
): SVGElement[] {
  return Array.from({ length: steps }, (_, i) =>
    svgElement(canvas, 'rect', {
      x: x + 3,
      y: y((i + 1) / steps),
      width: barWidth,
      height: height / steps,
      fill: color,
      'fill-opacity': strength((i + 0.5) / steps),
    }),
  );
}
