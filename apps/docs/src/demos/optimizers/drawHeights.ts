/** The number of bands of color: the lines between them are contours. */
const bands = 16;

/** Draws heights as a map: bands of color from the lowest, full color, to the highest, the page's background. */
export function drawHeights(canvas: HTMLCanvasElement, heights: Float32Array, side: number): void {
  canvas.width = canvas.height = side;
  const context = canvas.getContext('2d')!;
  const isDark = canvas.closest('.dark') !== null;
  const [low, high] = isDark ? [[64, 90, 150], [27, 27, 31]] : [[150, 178, 232], [255, 255, 255]]; // prettier-ignore
  // The root of the root: low places get more bands than high ones.
  const shares = heights.map((height) => Math.sqrt(Math.sqrt(Math.max(0, height))));
  const [least, most] = [Math.min(...shares), Math.max(...shares)];
  const columns = side + 1;
  const bandAt = Uint8Array.from({ length: columns * columns }, (_, i) => {
    const height = between(shares, (i % columns) / side, Math.floor(i / columns) / side);
    return (bands * (height - least)) / (most - least + 1e-9);
  });
  const image = context.createImageData(side, side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const place = y * columns + x;
      const band = bandAt[place]!;
      const isContour = band !== bandAt[place + 1] || band !== bandAt[place + columns];
      const share = band / bands;
      const dim = isContour ? (isDark ? 1.35 : 0.86) : 1;
      const at = 4 * (y * side + x);
      for (let c = 0; c < 3; c++) image.data[at + c] = dim * (low[c]! + share * (high[c]! - low[c]!));
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}

/** A value between the four nearest places; x and y are shares of the side. */
function between(values: Float32Array, x: number, y: number): number {
  const places = Math.sqrt(values.length);
  const place = (share: number): number => Math.max(0, Math.min(places - 1.001, share * places - 0.5));
  const [column, row] = [place(x), place(y)];
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const at = top * places + left;
  const [right, down] = [column - left, row - top];
  const upper = values[at]! * (1 - right) + values[at + 1]! * right;
  const lower = values[at + places]! * (1 - right) + values[at + places + 1]! * right;
  return upper * (1 - down) + lower * down;
}
