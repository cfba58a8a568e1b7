import type { Figure, PanelFigure } from '../figure.ts';
import { greatest } from '../greatest.ts';
import { groupsOf } from '../groupsOf.ts';
import { type Canvas, type Drawing, placed, stacked, svgElement, svgText } from './canvas.ts';
import { drawBars } from './drawBars.ts';
import { drawCategories } from './drawCategories.ts';
import { drawCells } from './drawCells.ts';
import { drawGraph } from './drawGraph.ts';
import { drawImages } from './drawImages.ts';
import { drawLines } from './drawLines.ts';
import { drawParallel } from './drawParallel.ts';
import { drawPoints } from './drawPoints.ts';
import { drawSurface } from './drawSurface.ts';
import { drawTokens } from './drawTokens.ts';
import { groupEntries, withLegend } from './legend.ts';
import { textWidth, wrapText } from './textWidth.ts';

const titleSize = 14;
const titleHeight = 20;
const gap = 24;

/** A figure with its title above it. */
export function drawFigure(figure: Figure, canvas: Canvas): Drawing {
  return stacked(canvas, [drawTitle(figure.title, canvas), drawBody(figure, canvas)], 8);
}

function drawBody(figure: Figure, canvas: Canvas): Drawing {
  switch (figure.kind) {
    case 'lines':
      return drawLines(figure, canvas);
    case 'cells':
      return drawCells(figure, canvas);
    case 'points':
      return drawPoints(figure, canvas);
    case 'bars':
      return drawBars(figure, canvas);
    case 'categories':
      return drawCategories(figure, canvas);
    case 'surface':
      return drawSurface(figure, canvas);
    case 'parallel':
      return drawParallel(figure, canvas);
    case 'tokens':
      return drawTokens(figure, canvas);
    case 'images':
      return drawImages(figure, canvas);
    case 'graph':
      return drawGraph(figure, canvas);
    case 'panels':
      return drawPanels(figure, canvas);
  }
}

function drawTitle(title: string, canvas: Canvas): Drawing {
  // Bold letters are wider.
  const lines = wrapText(title, titleSize * 1.15, canvas.width);
  const texts = lines.map((line, i) =>
    svgText(canvas, line, { x: 0, y: titleSize + i * titleHeight, 'font-size': titleSize, 'font-weight': 'bold' }),
  );
  return {
    element: svgElement(canvas, 'g', {}, ...texts),
    width: greatest(lines.map((line) => textWidth(line, titleSize * 1.15))),
    height: Math.max(0, lines.length * titleHeight - 2),
  };
}

/** The least width of a panel in a grid; where the picture has less room, all panels are drawn smaller. */
const leastPanel = ({ kind }: Figure): number => (kind === 'cells' ? 250 : 150);

/** Panels in rows: as many as `columns` says, or two where they have room. */
function drawPanels({ panels, columns }: PanelFigure, canvas: Canvas): Drawing {
  const perRow = columns ?? (panels.length > 1 && canvas.width >= 560 ? 2 : 1);
  const room = (canvas.width - (perRow - 1) * gap) / perRow;
  const width = columns === undefined ? room : Math.max(room, greatest(panels.map(leastPanel)));
  const legend = columns === undefined ? [] : sharedGroups(panels);
  const inner = { ...canvas, width, hasLegend: canvas.hasLegend === true || legend.length > 1 };
  const drawings = panels.map((panel) => drawFigure(panel, inner));
  const rows = Array.from({ length: Math.ceil(drawings.length / perRow) }, (_, r): Drawing => {
    const row = drawings.slice(r * perRow, (r + 1) * perRow);
    const height = greatest(row.map((one) => one.height));
    // The axes of a grid are in line, however many lines the titles have.
    const top = (one: Drawing): number => (columns === undefined ? 0 : height - one.height);
    return {
      element: svgElement(canvas, 'g', {}, ...row.map((one, i) => placed(canvas, one, i * (width + gap), top(one)))),
      width: perRow * (width + gap) - gap,
      height,
    };
  });
  return withLegend(canvas, groupEntries(legend, canvas), scaled(stacked(canvas, rows, gap), canvas));
}

/** The groups of points and bars that all panels share, or none. */
function sharedGroups(panels: readonly Figure[]): readonly string[] {
  const all = panels.map((panel) =>
    panel.kind === 'points' ? groupsOf(panel) : panel.kind === 'bars' ? panel.bars.map(({ name }) => name) : [],
  );
  const [first = []] = all;
  return all.every((groups) => groups.join('\n') === first.join('\n')) ? first : [];
}

/** The drawing, made smaller where it is wider than the picture. */
function scaled(drawing: Drawing, canvas: Canvas): Drawing {
  const factor = canvas.width / drawing.width;
  if (!(factor < 0.9999)) return drawing;
  return {
    element: svgElement(canvas, 'g', { transform: `scale(${factor.toFixed(4)})` }, drawing.element),
    width: canvas.width,
    height: drawing.height * factor,
  };
}
