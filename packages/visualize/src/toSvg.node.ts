import { parseHTML } from 'linkedom';
import { checkedFigure, drawChecks, type DrawOptions } from './drawOptions.ts';
import type { Figure } from './figure.ts';
import { drawElement } from './svg/drawElement.ts';

/**
 * Draws a figure as the text of an SVG file. By default it fits light and dark pages in which it is inlined; for files, which
 * take no colors from a page, choose a theme.
 *
 * @example
 * const figure: Figure = { kind: 'lines', title: 'loss', x: 'epoch', y: 'loss', series: [{ name: 'loss', points: [[1, 2], [2, 1]] }] };
 * toSvg(figure, { theme: 'light' }).startsWith('<svg'); // => true
 */
export function toSvg(figure: Figure, options: DrawOptions = {}): string {
  return svgOf(checkedFigure('toSvg', figure, options, drawChecks), options);
}

/** Draws a figure that is checked. */
export function svgOf(figure: Figure, options: DrawOptions): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  return `${drawElement(document, figure, options).outerHTML}\n`;
}
