import type { Figure, PanelFigure } from '../figure.ts';
import { greatest } from '../greatest.ts';
import { type Canvas, type Drawing, placed, stacked, svgElement, svgText } from './canvas.ts';
import { drawBars } from './drawBars.ts';
import { drawCells } from './drawCells.ts';
import { drawImages } from './drawImages.ts';
import { drawLines } from './drawLines.ts';
import { drawPoints } from './drawPoints.ts';
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
    case 'images':
      return drawImages(figure, canvas);
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

/** Two in a row where they have room. */
function drawPanels({ panels }: PanelFigure, canvas: Canvas): Drawing {
  const perRow = panels.length > 1 && canvas.width >= 560 ? 2 : 1;
  const width = (canvas.width - (perRow - 1) * gap) / perRow;
  const drawings = panels.map((panel) => drawFigure(panel, { ...canvas, width }));
  const rows = Array.from({ length: Math.ceil(drawings.length / perRow) }, (_, r): Drawing => {
    const row = drawings.slice(r * perRow, (r + 1) * perRow);
    return {
      element: svgElement(canvas, 'g', {}, ...row.map((one, i) => placed(canvas, one, i * (width + gap), 0))),
      width: canvas.width,
      height: greatest(row.map(({ height }) => height)),
    };
  });
  return stacked(canvas, rows, gap);
}
