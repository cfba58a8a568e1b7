import type { Tensor, TypedArray } from '@chainrule/tensor';

const shades = ' ░▒▓█';

/** A few misclassified images side by side, with two rows of pixels per line. */
export function pictures(images: Tensor, labels: TypedArray, predictions: TypedArray, most = 4): string {
  const wrong = [...labels.keys()].filter((i) => labels[i] !== predictions[i]);
  const shown = wrong.slice(0, most);
  if (shown.length === 0) return 'no digit was misread\n';
  const [, height, width] = images.shape as [number, number, number];
  const pixels = images.data;
  const line = (i: number, row: number): string =>
    Array.from({ length: width }, (_, column) => {
      const at = (r: number): number => pixels[(i * height + r) * width + column]!;
      return shades[Math.min(4, Math.floor(((at(row) + at(row + 1)) / 2 / 256) * 5))];
    }).join('');
  const head = shown.map((i) => `${labels[i]} read as ${predictions[i]}`.padEnd(width)).join('  ');
  const body = Array.from({ length: height / 2 }, (_, r) => shown.map((i) => line(i, 2 * r)).join('  '));
  return [`${wrong.length} of ${labels.length} misread, such as`, head, ...body].join('\n') + '\n';
}
