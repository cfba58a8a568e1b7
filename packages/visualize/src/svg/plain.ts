import { greatest } from '../greatest.ts';
import { fontSize } from './canvas.ts';
import { textWidth } from './textWidth.ts';

/** The width of the widest number at an axis. */
export function widestTick(plot: Element, axis: 'x' | 'y'): number {
  const texts = [...plot.querySelectorAll(`[aria-label="${axis}-axis tick label"] text`)];
  return greatest(texts.map((text) => textWidth(text.textContent ?? '', fontSize)));
}

/** Writes whole numbers of four digits at an axis without a separator, as in 1970: many of them are years. */
export function plainNumbers(plot: Element, axis: 'x' | 'y'): void {
  for (const text of plot.querySelectorAll(`[aria-label="${axis}-axis tick label"] text`)) {
    const number = text.textContent ?? '';
    if (/^[-−]?\d,\d{3}$/.test(number)) text.textContent = number.replace(',', '');
  }
}

/** Takes away what Plot adds for a picture of its own: class, styles and the size that follows the page. */
export function plainPlot(plot: Element, x: number): SVGElement {
  for (const style of plot.querySelectorAll('style')) style.remove();
  for (const name of ['class', 'style', 'font-family']) plot.removeAttribute(name);
  const attributes = { x: String(x), overflow: 'visible', 'font-size': String(fontSize) };
  for (const [name, value] of Object.entries(attributes)) plot.setAttribute(name, value);
  return plot as SVGElement;
}
