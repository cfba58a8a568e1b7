import { type Canvas, type Drawing, fontSize, lineHeight, stacked, svgElement, svgText } from './canvas.ts';
import { shorten, textWidth } from './textWidth.ts';
import { colorAt } from './theme.ts';

/** An entry of a legend. */
export interface LegendEntry {
  readonly name: string;
  readonly color: string;
  readonly mark: 'line' | 'dashed' | 'dot' | 'ring' | 'band';
}

const swatch = 18;
const gap = 18;

/** The names of colors, in as many rows as they need. */
function drawLegend(canvas: Canvas, entries: readonly LegendEntry[]): Drawing {
  const group = svgElement(canvas, 'g', { 'aria-label': 'legend' });
  let [x, y, width] = [0, 0, 0];
  for (const { name, color, mark } of entries) {
    const text = shorten(name, fontSize, canvas.width - swatch - 6);
    const size = swatch + 6 + textWidth(text, fontSize);
    if (x > 0 && x + size > canvas.width) [x, y] = [0, y + lineHeight + 2];
    group.append(markOf(canvas, mark, color, x, y + lineHeight / 2));
    group.append(svgText(canvas, text, { x: x + swatch + 6, y: y + 12 }));
    width = Math.max(width, x + size);
    x += size + gap;
  }
  return { element: group, width, height: y + lineHeight };
}

/** The entries of groups, if there are several. */
export function groupEntries(names: readonly string[], canvas: Canvas): LegendEntry[] {
  if (names.length < 2) return [];
  return names.map((name, i) => ({ name, color: colorAt(canvas.colors, i), mark: 'dot' }));
}

/** A drawing with its legend above it, unless the legend is empty or stands elsewhere. */
export function withLegend(canvas: Canvas, entries: readonly LegendEntry[], drawing: Drawing): Drawing {
  if (entries.length === 0 || canvas.hasLegend) return drawing;
  return stacked(canvas, [drawLegend(canvas, entries), drawing], 6);
}

function markOf(canvas: Canvas, mark: LegendEntry['mark'], color: string, x: number, y: number): SVGElement {
  const circle = { cx: x + swatch / 2, cy: y, r: 4 };
  if (mark === 'dot') return svgElement(canvas, 'circle', { ...circle, fill: color });
  if (mark === 'ring')
    return svgElement(canvas, 'circle', { ...circle, fill: 'none', stroke: color, 'stroke-width': 2 });
  if (mark === 'band')
    return svgElement(canvas, 'rect', { x, y: y - 5, width: swatch, height: 10, fill: color, 'fill-opacity': 0.25 });
  return svgElement(canvas, 'line', {
    x1: x,
    x2: x + swatch,
    y1: y,
    y2: y,
    stroke: color,
    'stroke-width': 2,
    'stroke-dasharray': mark === 'dashed' ? '4,3' : undefined,
  });
}
