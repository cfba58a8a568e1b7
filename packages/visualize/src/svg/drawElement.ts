import { describe } from '../describe.ts';
import type { DrawOptions } from '../drawOptions.ts';
import type { Figure } from '../figure.ts';
import { placed, svgElement } from './canvas.ts';
import { drawFigure } from './drawFigure.ts';
import { colorsOf } from './theme.ts';

const padding = 12;

/** The `<svg>` of a figure, made by a document. */
export function drawElement(
  document: Document,
  figure: Figure,
  { theme = 'auto', width = 720 }: DrawOptions = {},
): SVGElement {
  const colors = colorsOf(theme);
  const canvas = { document, colors, width: width - 2 * padding };
  const drawing = drawFigure(figure, canvas);
  const size = {
    width: Math.ceil(Math.min(Math.max(drawing.width, 240), canvas.width) + 2 * padding),
    height: Math.ceil(drawing.height + 2 * padding),
  };
  const background = colors.background;
  return svgElement(
    canvas,
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      ...size,
      viewBox: `0 0 ${size.width} ${size.height}`,
      role: 'img',
      'font-family': 'system-ui, sans-serif',
      color: colors.foreground,
      style: 'max-width:100%;height:auto',
    },
    svgElement(canvas, 'title', {}, figure.title),
    svgElement(canvas, 'desc', {}, describe(figure)),
    ...(background ? [svgElement(canvas, 'rect', { width: '100%', height: '100%', fill: background })] : []),
    placed(canvas, drawing, padding, padding),
  );
}
