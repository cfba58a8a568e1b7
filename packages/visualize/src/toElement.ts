import { StateError } from '@chainrule/errors';
import { checkedFigure, drawChecks, type DrawOptions } from './drawOptions.ts';
import type { Figure } from './figure.ts';
import { drawElement } from './svg/drawElement.ts';

/**
 * Draws a figure as an `<svg>` element of the page.
 *
 * @throws StateError without a page; `toSvg` of `@chainrule/visualize/node` draws in Node, Deno and Bun
 * @example
 * const figure: Figure = { kind: 'lines', title: 'loss', x: 'epoch', y: 'loss', series: [] };
 * const draw = () => document.body.append(toElement(figure));
 */
export function toElement(figure: Figure, options: DrawOptions = {}): SVGElement {
  const shown = checkedFigure('toElement', figure, options, drawChecks);
  if (typeof document === 'undefined')
    throw new StateError('toElement: expected a page, got no `document`; call `toSvg` of `@chainrule/visualize/node`');
  return drawElement(document, shown, options);
}
