import { parseHTML } from 'linkedom';

/** The element of an SVG file. */
export function parseSvg(svg: string): SVGSVGElement {
  return parseHTML(`<html><body>${svg}</body></html>`).document.querySelector('svg')!;
}
