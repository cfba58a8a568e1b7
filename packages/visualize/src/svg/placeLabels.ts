import { fontSize } from './canvas.ts';
import { textWidth } from './textWidth.ts';

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A label at its point, or placed: then `x` and `y` are the left end of its baseline. */
interface Label {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

const radius = 4;
/** The room between labels that stand side by side. */
const gap = 3;

/** Finds a place beside its point for each label, so that it covers no other label and no point. Labels without room are left out. */
export function placeLabels(
  labels: readonly Label[],
  dots: readonly { readonly x: number; readonly y: number }[],
  frame: Box,
): Label[] {
  const taken: Box[] = dots.map(({ x, y }) => ({
    left: x - radius,
    right: x + radius,
    top: y - radius,
    bottom: y + radius,
  }));
  return labels.flatMap(({ text, x, y }) => {
    const width = textWidth(text, fontSize);
    for (const [dx, dy] of offsets(width)) {
      const [left, base] = [x + dx, y + dy];
      const box = { left: left - gap, right: left + width + gap, top: base - fontSize, bottom: base + 3 };
      if (!isWithin(box, frame) || taken.some((other) => overlaps(box, other))) continue;
      taken.push(box);
      return { text, x: left, y: base };
    }
    return [];
  });
}

/** From a point to the left end of the baseline of its label: above, right, left and below it, then farther away. */
function offsets(width: number): [number, number][] {
  return [1, 1.8].flatMap((far): [number, number][] => [
    [-width / 2, -8 * far],
    [8 * far, 4],
    [-width - 8 * far, 4],
    [-width / 2, 17 * far],
    [6, -6 * far],
    [-width - 6, -6 * far],
    [6, 14 * far],
    [-width - 6, 14 * far],
  ]);
}

function isWithin(box: Box, frame: Box): boolean {
  return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
