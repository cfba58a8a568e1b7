import type { GraphFigure, GraphNode } from '../figure.ts';
import { groupsOf } from '../groupsOf.ts';
import { type Canvas, type Drawing, fontSize, svgElement, svgText } from './canvas.ts';
import { type BoxText, type GraphLayout, layoutGraph, type Place, type Size } from './graphLayout.ts';
import { withLegend } from './legend.ts';
import { textWidth, wrapText } from './textWidth.ts';
import { colorAt } from './theme.ts';

const [padX, padY] = [10, 7];
const lineStep = 15;
const [titleFont, lineFont] = [fontSize, 11];
/** The widths of texts in boxes, from the best to the least: the first at which the graph has room counts. */
const widths = [220, 150, 100, 64];
/** A graph to the right whose texts would be smaller than this share points down. */
const leastScale = 0.75;
const arrow = 7;

/** Boxes with their texts, and arrows between them. A graph that is too wide has its texts in more lines, then in smaller letters. */
export function drawGraph(figure: GraphFigure, canvas: Canvas): Drawing {
  const groups = groupsOf(figure);
  const { layout, boxes } = fitted(figure, canvas.width);
  const scale = Math.min(1, canvas.width / Math.max(1, layout.width));
  const colorOf = ({ group }: GraphNode): string =>
    group === undefined ? 'currentColor' : colorAt(canvas.colors, groups.indexOf(group));
  const graph = {
    element: svgElement(
      canvas,
      'g',
      {},
      ...layout.edges.flatMap(({ points, label }) => [
        ...drawArrow(canvas, points, scale),
        ...(label
          ? [svgText(canvas, label.text, { x: label.x * scale, y: label.y * scale, 'font-size': lineFont * scale })]
          : []),
      ]),
      ...layout.nodes.flatMap((place, i) =>
        drawBox(canvas, boxes[i]!, place, { color: colorOf(figure.nodes[i]!), scale }),
      ),
    ),
    width: layout.width * scale,
    height: layout.height * scale,
  };
  // Figures of several graphs keep a group's color, also where one has no box of a group.
  const used = groups.flatMap((name, i) =>
    figure.nodes.some(({ group }) => group === name)
      ? [{ name, color: colorAt(canvas.colors, i), mark: 'dot' as const }]
      : [],
  );
  return withLegend(canvas, used.length < 2 ? [] : used, graph);
}

interface Fitted {
  readonly layout: GraphLayout;
  readonly boxes: readonly BoxText[];
}

/** The first layout that is narrow enough, or the narrowest. */
function fitted(figure: GraphFigure, room: number): Fitted {
  const directions = figure.direction === 'right' ? (['right', 'down'] as const) : (['down'] as const);
  let narrowest: Fitted | undefined;
  for (const direction of directions) {
    for (const width of widths) {
      const boxes = figure.nodes.map((node) => boxText(node, width));
      const layout = layoutGraph(figure, boxes.map(sizeOf), direction, labelSize);
      if (layout.width <= room) return { layout, boxes };
      if (!narrowest || layout.width < narrowest.layout.width) narrowest = { layout, boxes };
    }
    if (direction === 'right') narrowest = narrowest!.layout.width * leastScale <= room ? narrowest : undefined;
    if (narrowest && direction === 'right') return narrowest;
  }
  return narrowest!;
}

/** The texts of a box in lines of some width, or of the longest word. */
function boxText({ title, lines = [] }: GraphNode, width: number): BoxText {
  const words = (text: string): string[] => text.split(/\s+/);
  const widest = (text: string, size: number): number =>
    Math.max(0, ...words(text).map((word) => textWidth(word, size)));
  const most = Math.min(
    widths[0]!,
    Math.max(width, widest(title, titleFont * 1.15), ...lines.map((line) => widest(line, lineFont))),
  );
  return {
    title: wrapText(title, titleFont * 1.15, most),
    lines: lines.flatMap((line) => wrapText(line, lineFont, most)),
  };
}

function sizeOf({ title, lines }: BoxText): Size {
  // Bold letters are wider.
  const all = [
    ...title.map((line) => textWidth(line, titleFont * 1.15)),
    ...lines.map((line) => textWidth(line, lineFont)),
  ];
  return { width: Math.max(24, ...all) + 2 * padX, height: all.length * lineStep + 2 * padY };
}

function labelSize(label: string): Size {
  return { width: textWidth(label, lineFont) + 4, height: lineStep };
}

function drawBox(
  canvas: Canvas,
  { title, lines }: BoxText,
  { x, y, width, height }: Place,
  { color, scale }: { readonly color: string; readonly scale: number },
): SVGElement[] {
  const [left, top] = [(x - width / 2) * scale, (y - height / 2) * scale];
  const box = svgElement(canvas, 'rect', {
    x: left,
    y: top,
    width: width * scale,
    height: height * scale,
    rx: 5 * scale,
    fill: color,
    'fill-opacity': color === 'currentColor' ? 0.05 : 0.16,
    stroke: color,
    'stroke-opacity': color === 'currentColor' ? 0.4 : 1,
  });
  const texts = [...title, ...lines].map((line, i) => {
    const isTitle = i < title.length;
    return svgText(canvas, line, {
      x: x * scale,
      y: top + (padY + 11 + i * lineStep) * scale,
      'text-anchor': 'middle',
      'font-size': (isTitle ? titleFont : lineFont) * scale,
      ...(isTitle && { 'font-weight': 'bold' }),
    });
  });
  return [box, ...texts];
}

type Point = readonly [x: number, y: number];

/** A curve through the middles between the points, and its head. */
function drawArrow(canvas: Canvas, points: readonly Point[], scale: number): SVGElement[] {
  const at = points.map(([x, y]): Point => [x * scale, y * scale]);
  const [before, tip] = at.slice(-2) as [Point, Point];
  const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
  const size = arrow * scale;
  const back = (turn: number, length: number): Point => [
    tip[0] - length * Math.cos(angle + turn),
    tip[1] - length * Math.sin(angle + turn),
  ];
  const ends = [...at.slice(0, -1), back(0, size * 0.8)];
  const middles = ends.slice(1, -1).flatMap((point, i) => `Q${pair(point)} ${pair(halfway(point, ends[i + 2]!))}`);
  const course = `M${pair(ends[0]!)}L${pair(halfway(ends[0]!, ends[1]!))}${middles.join('')}L${pair(ends.at(-1)!)}`;
  const head = `M${pair(tip)}L${pair(back(0.45, size))}L${pair(back(-0.45, size))}Z`;
  return [
    svgElement(canvas, 'path', { d: course, fill: 'none', stroke: 'currentColor', 'stroke-opacity': 0.6 }),
    svgElement(canvas, 'path', { d: head, fill: 'currentColor', 'fill-opacity': 0.75 }),
  ];
}

function halfway([a, b]: Point, [c, d]: Point): Point {
  return [(a + c) / 2, (b + d) / 2];
}

function pair([x, y]: Point): string {
  return `${Number(x.toFixed(2))},${Number(y.toFixed(2))}`;
}
