import type { TokenFigure } from '../figure.ts';
import { shownToken } from '../shownToken.ts';
import { type Canvas, type Drawing, fontSize, placed, svgElement, svgText } from './canvas.ts';
import { drawScale } from './drawScale.ts';
import { shadeOf, shadeRange } from './shade.ts';
import { shorten, textWidth } from './textWidth.ts';

const rowHeight = 24;
const boxHeight = 20;
const [pad, gap] = [4, 3];
/** Room for the color scale. */
const scaleRoom = 110;

/** Words in lines, each on a color, with a color scale. */
export function drawTokens({ tokens, weights, scale }: TokenFigure, canvas: Canvas): Drawing {
  const range = shadeRange(weights);
  const room = canvas.width - scaleRoom;
  const group = svgElement(canvas, 'g');
  let [x, y, widest] = [0, 0, 0];
  tokens.forEach((token, i) => {
    const text = shorten(shownToken(token), fontSize, room - 2 * pad);
    const width = textWidth(text, fontSize) + 2 * pad;
    if (x > 0 && x + width > room) [x, y] = [0, y + rowHeight];
    const [red, green, blue, alpha] = shadeOf(weights[i]!, range);
    group.append(
      svgElement(canvas, 'rect', {
        x,
        y,
        width,
        height: boxHeight,
        rx: 3,
        fill: `rgb(${red},${green},${blue})`,
        'fill-opacity': alpha / 255,
      }),
      svgText(canvas, text, { x: x + width / 2, y: y + 14, 'text-anchor': 'middle' }),
    );
    [x, widest] = [x + width + gap, Math.max(widest, x + width)];
    if (token.endsWith('\n')) [x, y] = [0, y + rowHeight];
  });
  const height = y + (x > 0 ? boxHeight : 0);
  const bar = drawScale(canvas, range, scale, Math.max(100, Math.min(height, 240)));
  group.append(placed(canvas, bar, widest + 16, 0));
  return { element: group, width: widest + 16 + bar.width, height: Math.max(height, bar.height) };
}
