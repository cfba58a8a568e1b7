import type { ImageFigure, Picture } from '../figure.ts';
import { greatest } from '../greatest.ts';
import { shades } from './shades.ts';
import { cut, pad, wrap } from './wrap.ts';

/** Larger images are reduced. */
const widest = 40;

/** Images side by side, as many as have room, with two rows of pixels per line. */
export function textImages({ title, images }: ImageFigure, columns: number): string[] {
  const size = Math.min(
    columns,
    widest,
    greatest(
      images.map(({ width }) => width),
      1,
    ),
  );
  const room = Math.max(size, Math.min(columns, greatest(images.map(({ caption }) => caption.length))));
  const perRow = Math.max(1, Math.floor((columns + 2) / (room + 2)));
  const lines: string[] = [];
  for (let first = 0; first < images.length; first += perRow) {
    const row = images.slice(first, first + perRow);
    const beside = (texts: readonly string[]): string =>
      texts
        .map((text) => pad(text, room, 'end'))
        .join('  ')
        .trimEnd();
    const blocks = row.map((image) => linesOf(image, size));
    lines.push(beside(row.map(({ caption }) => cut(caption, room))));
    for (let i = 0; i < greatest(blocks.map((block) => block.length)); i++)
      lines.push(beside(blocks.map((block) => block[i] ?? '')));
  }
  return [...wrap(title, columns), ...lines];
}

/** The shades of an image that is at most `size` wide: each letter is the mean of the pixels that it covers. */
function linesOf({ width, height, channels, data }: Picture, size: number): string[] {
  const factor = Math.max(1, Math.ceil(width / size));
  const gray = (x: number, y: number): number => {
    const at = (y * width + x) * channels;
    const colors = data.subarray(at, at + Math.min(channels, 3));
    return colors.reduce((sum, value) => sum + value, 0) / colors.length;
  };
  const mean = (left: number, top: number): number => {
    let [sum, count] = [0, 0];
    for (let y = top; y < Math.min(height, top + 2 * factor); y++)
      for (let x = left; x < Math.min(width, left + factor); x++) [sum, count] = [sum + gray(x, y), count + 1];
    return sum / count;
  };
  return Array.from({ length: Math.ceil(height / (2 * factor)) }, (_, r) =>
    Array.from({ length: Math.ceil(width / factor) }, (__, c) => {
      const shade = Math.floor((mean(c * factor, r * 2 * factor) / 256) * 5);
      return shades[Math.min(4, shade)];
    }).join(''),
  );
}
