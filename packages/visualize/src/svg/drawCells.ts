import type { CellFigure } from '../figure.ts';
import { greatest } from '../greatest.ts';
import { type Canvas, type Drawing, fontSize, lineHeight, placed, svgElement, svgText } from './canvas.ts';
import { drawScale } from './drawScale.ts';
import { drawRaster } from './raster.ts';
import { shadeOf, shadeRange } from './shade.ts';
import { shorten, textWidth } from './textWidth.ts';
import { wholeStep } from './ticks.ts';

const [widestCell, highestCell] = [44, 30];
/** The most pixels that row and column names take. */
const mostName = 150;
/** Room for the color scale. */
const scaleRoom = 110;
const yTitle = lineHeight + 4;

/** Numbers as colors, with the names of rows and columns, the axis titles and a color scale. */
export function drawCells(figure: CellFigure, canvas: Canvas): Drawing {
  const { columns, rows, values, x, y, scale } = figure;
  const size = sizesOf(figure, canvas);
  const { left, cellWidth, cellHeight } = size;
  const range = shadeRange(values.flat());
  const [width, height] = [cellWidth * columns.length, cellHeight * rows.length];
  const under = columnNames(figure, canvas, size);
  const total = height + under.height + lineHeight;
  const bar = drawScale(canvas, range, scale, Math.max(80, Math.min(height, 240)));
  const xTitle = shorten(x, fontSize, canvas.width);
  const half = textWidth(xTitle, fontSize) / 2;
  const xMiddle = Math.min(Math.max(left + width / 2, half), canvas.width - half);
  const group = svgElement(
    canvas,
    'g',
    {},
    svgText(canvas, shorten(y, fontSize, total), {
      'text-anchor': 'middle',
      transform: `translate(12,${middle(height, y, total)}) rotate(-90)`,
    }),
    ...rowNames(figure, canvas, size),
    ...(width > 0 && height > 0 ? [drawRaster(canvas, pixels(figure, range), { x: left, y: 0, width, height })] : []),
    svgElement(canvas, 'rect', {
      x: left,
      y: 0,
      width,
      height,
      fill: 'none',
      stroke: 'currentColor',
      'stroke-opacity': 0.25,
    }),
    ...cellTexts(figure, canvas, size),
    placed(canvas, under, 0, height),
    svgText(canvas, xTitle, {
      x: xMiddle,
      y: height + under.height + 12,
      'text-anchor': 'middle',
    }),
    placed(canvas, bar, left + width + 16, 0),
  );
  return {
    element: group,
    width: Math.max(left + width + 16 + bar.width, xMiddle + half),
    height: Math.max(total, bar.height),
  };
}

/** Where a turned title of a length has its middle: that of the axis, as far as it has room. */
function middle(axis: number, title: string, total: number): number {
  const half = Math.min(textWidth(title, fontSize), total) / 2;
  return Math.max(half, Math.min(axis / 2, total - half));
}

interface Sizes {
  readonly left: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Whether column names are turned, since they have no room side by side. */
  readonly turned: boolean;
}

function sizesOf({ columns, rows }: CellFigure, { width }: Canvas): Sizes {
  const widest = (names: readonly string[]): number =>
    Math.min(
      mostName,
      names.reduce((most, name) => Math.max(most, textWidth(name, fontSize)), 0),
    );
  const left = yTitle + widest(rows) + 8;
  const count = Math.max(1, columns.length);
  const room = width - scaleRoom;
  const level = Math.min(widestCell, (room - left) / count);
  const turned = widest(columns) > level - 4;
  // The first of the turned names begins at the middle of a cell and may reach further left than row names:
  // `reach − cell / 2 + count · cell ≤ room`.
  const reach = turned ? (widest(columns) + lineHeight) * Math.SQRT1_2 : 0;
  const cellWidth = turned ? Math.min(level, Math.max(2, (room - reach) / (count - 0.5))) : level;
  return {
    left: Math.max(left, reach - cellWidth / 2),
    cellWidth,
    cellHeight: Math.min(highestCell, Math.max(2, 400 / Math.max(1, rows.length)), Math.max(cellWidth, 2)),
    turned,
  };
}

function rowNames({ rows }: CellFigure, canvas: Canvas, { left, cellHeight }: Sizes): SVGElement[] {
  const every = wholeStep(lineHeight / cellHeight);
  return rows.flatMap((name, i) =>
    i % every === 0
      ? svgText(canvas, shorten(name, fontSize, mostName), {
          x: left - 6,
          y: (i + 0.5) * cellHeight + 4,
          'text-anchor': 'end',
        })
      : [],
  );
}

function columnNames({ columns }: CellFigure, canvas: Canvas, { left, cellWidth, turned }: Sizes): Drawing {
  const group = svgElement(canvas, 'g');
  const every = turned ? wholeStep((lineHeight * Math.SQRT2) / cellWidth) : 1;
  const names = columns.map((name) => shorten(name, fontSize, mostName));
  names.forEach((name, j) => {
    const at = left + (j + 0.5) * cellWidth;
    if (j % every !== 0) return;
    group.append(
      turned
        ? svgText(canvas, name, { 'text-anchor': 'end', transform: `translate(${(at + 4).toFixed(2)},12) rotate(-45)` })
        : svgText(canvas, name, { x: at, y: 14, 'text-anchor': 'middle' }),
    );
  });
  const widest = greatest(names.map((name) => textWidth(name, fontSize)));
  return { element: group, width: 0, height: turned ? widest * Math.SQRT1_2 + lineHeight : lineHeight + 4 };
}

function cellTexts(
  { labels, columns }: CellFigure,
  canvas: Canvas,
  { left, cellWidth, cellHeight }: Sizes,
): SVGElement[] {
  const all = labels?.flat() ?? [];
  const widest = all.reduce((most, text) => Math.max(most, textWidth(text, 1)), 0);
  const size = Math.min(fontSize, (cellWidth - 4) / (widest || 1), cellHeight - 2);
  if (size < 7) return [];
  return all.map((text, k) =>
    svgText(canvas, text, {
      x: left + ((k % columns.length) + 0.5) * cellWidth,
      y: (Math.floor(k / columns.length) + 0.5) * cellHeight + size * 0.36,
      'text-anchor': 'middle',
      'font-size': size,
    }),
  );
}

function pixels({ columns, rows, values }: CellFigure, range: ReturnType<typeof shadeRange>) {
  const data = Uint8Array.from(values.flatMap((row) => row.flatMap((value) => shadeOf(value, range))));
  return { width: columns.length, height: rows.length, channels: 4, data } as const;
}
