/** The header of a PNG image. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits per value. */
  readonly depth: number;
  /** Values per pixel. */
  readonly channels: number;
  readonly isIndexed: boolean;
  readonly isInterlaced: boolean;
}

/** A part of the pixels: all of them, or those of one Adam7 pass. */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  readonly width: number;
  readonly height: number;
  /** Bytes per line, without the filter byte. */
  readonly line: number;
}

const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function passesOf({ width, height, depth, channels, isInterlaced }: PngHeader): Pass[] {
  return (isInterlaced ? adam7 : [[0, 0, 1, 1] as const])
    .map(([x, y, dx, dy]) => {
      const across = Math.ceil((width - x) / dx);
      return {
        x,
        y,
        dx,
        dy,
        width: across,
        height: Math.ceil((height - y) / dy),
        line: Math.ceil((across * depth * channels) / 8),
      };
    })
    .filter((pass) => pass.width > 0 && pass.height > 0);
}

/** The number of bytes of all pixels with their filter bytes, before compression. */
export function pixelBytes(header: PngHeader): number {
  return passesOf(header).reduce((sum, { height, line }) => sum + height * (line + 1), 0);
}

/**
 * Decodes filtered lines to pixel values in row-major order, from 0 to `2 ** depth - 1`.
 *
 * Source: PNG (Third Edition), W3C, sections 8 and 9.
 *
 * @param data - filtered lines of exactly {@link pixelBytes} bytes; they are modified
 * @param failFilter - called for an unknown filter
 */
export function pngPixels(
  data: Uint8Array,
  header: PngHeader,
  failFilter: (filter: number) => never,
): Uint8Array | Uint16Array {
  const { width, height, depth, channels } = header;
  const values = depth === 16 ? new Uint16Array(width * height * channels) : new Uint8Array(width * height * channels);
  const step = Math.max(1, (depth * channels) >> 3);
  let at = 0;
  for (const pass of passesOf(header)) {
    let above: Uint8Array = new Uint8Array(pass.line);
    for (let row = 0; row < pass.height; row++) {
      const line = data.subarray(at + 1, at + 1 + pass.line);
      unfilter(data[at]!, line, above, step, failFilter);
      const to = ((pass.y + row * pass.dy) * width + pass.x) * channels;
      if (depth === 8 && pass.dx === 1) values.set(line, to);
      else spread(line, values, to, pass, header);
      above = line;
      at += 1 + pass.line;
    }
  }
  return values;
}

/** Writes the values of a line to their positions. */
function spread(
  line: Uint8Array,
  values: Uint8Array | Uint16Array,
  start: number,
  { width, dx }: Pass,
  { depth, channels }: PngHeader,
): void {
  const mask = 2 ** depth - 1;
  for (let pixel = 0, bit = 0; pixel < width; pixel++) {
    for (let channel = 0; channel < channels; channel++, bit += depth) {
      const at = bit >> 3;
      values[start + pixel * dx * channels + channel] =
        depth === 16 ? (line[at]! << 8) | line[at + 1]! : (line[at]! >> (8 - depth - (bit & 7))) & mask;
    }
  }
}

/** Adds to each byte the prediction of its filter. */
function unfilter(
  filter: number,
  line: Uint8Array,
  above: Uint8Array,
  step: number,
  failFilter: (filter: number) => never,
): void {
  const n = line.length;
  if (filter === 1) for (let i = step; i < n; i++) line[i] = line[i]! + line[i - step]!;
  else if (filter === 2) for (let i = 0; i < n; i++) line[i] = line[i]! + above[i]!;
  else if (filter === 3) {
    for (let i = 0; i < step && i < n; i++) line[i] = line[i]! + (above[i]! >> 1);
    for (let i = step; i < n; i++) line[i] = line[i]! + ((line[i - step]! + above[i]!) >> 1);
  } else if (filter === 4) {
    for (let i = 0; i < step && i < n; i++) line[i] = line[i]! + above[i]!;
    for (let i = step; i < n; i++) line[i] = line[i]! + paeth(line[i - step]!, above[i]!, above[i - step]!);
  } else if (filter !== 0) failFilter(filter);
}

/** The Paeth predictor: the one of left, above and upper left that is nearest to left + above − upper left. */
function paeth(left: number, above: number, corner: number): number {
  const [toLeft, toAbove] = [Math.abs(above - corner), Math.abs(left - corner)];
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
