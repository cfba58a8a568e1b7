import type { ImageFigure, Picture } from '../figure.ts';
import { greatest } from '../greatest.ts';
import { type Canvas, type Drawing, fontSize, lineHeight, svgElement, svgText } from './canvas.ts';
import { drawRaster } from './raster.ts';
import { textWidth, wrapText } from './textWidth.ts';
import { colorAt } from './theme.ts';

/** The pixels of the longer side of an image in the picture, at least and at most. */
const [least, most] = [64, 160];
const gap = 12;

/** Images in rows, with their captions below. */
export function drawImages({ images }: ImageFigure, canvas: Canvas): Drawing {
  const group = svgElement(canvas, 'g');
  const sized = images.map((image) => ({ image, ...shownSize(image) }));
  const widest = greatest(sized.map(({ image, width }) => Math.max(width, Math.min(captionWidth(image), 110))));
  const perRow = Math.max(1, Math.min(images.length, Math.floor((canvas.width + gap) / (widest + gap))));
  let top = 0;
  for (let first = 0; first < sized.length; first += perRow) {
    const row = sized.slice(first, first + perRow);
    const captions = row.map(({ image }) => wrapText(image.caption, fontSize, widest));
    const high = greatest(row.map(({ height }) => height));
    row.forEach(({ image, width, height }, i) => {
      const left = i * (widest + gap);
      group.append(drawRaster(canvas, image, { x: left + (widest - width) / 2, y: top, width, height }));
      captions[i]!.forEach((line, n) =>
        group.append(
          svgText(canvas, line, {
            x: left + widest / 2,
            y: top + high + 14 + n * lineHeight,
            'text-anchor': 'middle',
            ...(image.marked && { fill: colorAt(canvas.colors, 1), 'font-weight': 'bold' }),
          }),
        ),
      );
    });
    top += high + greatest(captions.map((lines) => lines.length)) * lineHeight + gap;
  }
  return { element: group, width: perRow * (widest + gap) - gap, height: Math.max(0, top - gap) };
}

/** Bold captions are wider. */
function captionWidth({ caption }: Picture): number {
  return textWidth(caption, fontSize) * 1.15;
}

/** Small images are enlarged by whole factors, so that their pixels stay squares; large ones are reduced. */
function shownSize({ width, height }: Picture): { width: number; height: number } {
  const longer = Math.max(width, height, 1);
  const factor = longer > most ? most / longer : Math.max(1, Math.ceil(least / longer));
  return { width: width * factor, height: height * factor };
}
