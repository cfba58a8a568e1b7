import { greatest } from '../greatest.ts';
import type { Colors } from './theme.ts';

/** What to draw with, and how wide. */
export interface Canvas {
  readonly document: Document;
  readonly width: number;
  readonly colors: Colors;
  /** Whether a legend stands above all panels, so that they have none of their own. */
  readonly hasLegend?: boolean;
}

/** A part of a picture, whose left upper corner is at 0, 0. */
export interface Drawing {
  readonly element: SVGElement;
  readonly width: number;
  readonly height: number;
}

/** The size of texts in pixels, and the height of a line. */
export const fontSize = 12;
export const lineHeight = 16;

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element of SVG. */
export function svgElement(
  { document }: Pick<Canvas, 'document'>,
  name: string,
  attributes: Attributes = {},
  ...children: readonly (SVGElement | string)[]
): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) element.setAttribute(key, typeof value === 'number' ? rounded(value) : value);
  element.append(...children);
  return element;
}

function rounded(value: number): string {
  return String(Number(value.toFixed(2)));
}

/** A line of text; `x` and `y` are where its baseline begins, or ends, or has its middle. */
export function svgText(canvas: Canvas, text: string, attributes: Attributes): SVGElement {
  return svgElement(canvas, 'text', { fill: 'currentColor', 'font-size': fontSize, ...attributes }, text);
}

/** A drawing at a place in another one. */
export function placed(canvas: Canvas, { element }: Drawing, x: number, y: number): SVGElement {
  return svgElement(canvas, 'g', { transform: `translate(${rounded(x)},${rounded(y)})` }, element);
}

/** Drawings one below the other. */
export function stacked(canvas: Canvas, parts: readonly Drawing[], gap: number): Drawing {
  const group = svgElement(canvas, 'g');
  let height = 0;
  for (const part of parts) {
    group.append(placed(canvas, part, 0, height));
    height += part.height + gap;
  }
  return {
    element: group,
    width: greatest(parts.map(({ width }) => width)),
    height: Math.max(0, height - gap),
  };
}
