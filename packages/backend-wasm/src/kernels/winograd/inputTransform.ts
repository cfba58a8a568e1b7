import { type FunctionBuilder, type FunctionRef, i32, type Local, type ModuleBuilder } from '../../asm/index.ts';
import type { Target } from '../common/kernel.ts';
import { linearMap } from './linearMap.ts';
import type { Matrix } from './matrices.ts';

/** Along each axis of a tile: the outputs, and the products. */
export const tileSize = 4;
export const tilePoints: number = tileSize + 2;

/** The shape of images. */
export interface Images {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  /** A multiple of 4. */
  readonly channels: number;
}

/**
 * How images are split: into tiles of 4 × 4 outputs, rows of tiles, and blocks of rows, which may span several images.
 * The last block may have rows beyond the last image.
 */
export interface Tiling {
  /** Tiles in a row of tiles; rows of tiles in an image, in all images, and in a block. */
  readonly across: number;
  readonly down: number;
  readonly rows: number;
  readonly blockRows: number;
  readonly blocks: number;
}

/**
 * Splits images into blocks of about `tiles` tiles. Blocks have equal sizes, and their number is a multiple of
 * `multiple` if possible.
 */
export function tileImages({ batch, height, width }: Images, tiles: number, multiple: number): Tiling {
  const [across, down] = [Math.ceil(width / tileSize), Math.ceil(height / tileSize)];
  const rows = batch * down;
  const wanted = Math.ceil((rows * across) / tiles / multiple) * multiple;
  const blockRows = Math.ceil(rows / Math.min(rows, wanted));
  return { across, down, rows, blockRows, blocks: Math.ceil(rows / blockRows) };
}

/**
 * Rounds bytes up to an odd number of cache lines, so that matrices at this stride do not share a few sets of the
 * cache.
 */
export function oddCacheLines(bytes: number): number {
  return (Math.ceil(bytes / 64) | 1) * 64;
}

/** Offsets of adjacent buffers of the given sizes, and the end of the last. */
export function offsetsOf(...sizes: readonly number[]): number[] {
  return sizes.reduce((at, size) => [...at, at.at(-1)! + Math.ceil(size / 64) * 64], [0]);
}

/**
 * The transformed tiles of a block. Matrix `6·i + j` has a row for each tile, with value (i, j) of all channels. If the
 * matrices are the right operand of products, they are packed in panels of 8 channels, which makes the products 6%
 * faster.
 */
export interface TileMatrices {
  readonly tiles: number;
  readonly rowBytes: number;
  /** Byte stride between panels of 8 channels. */
  readonly panelBytes: number;
  readonly matrixBytes: number;
  readonly all: number;
}

export function tileMatrices({ images: { channels }, tiling, packed }: InputTransform): TileMatrices {
  const tiles = tiling.blockRows * tiling.across;
  // Rows at a stride of 512 bytes would share 8 of the 64 sets of a first-level cache.
  const rowBytes = packed ? 32 : channels * 4 + (channels % 128 === 0 ? 64 : 0);
  const panelBytes = packed ? tiles * rowBytes : 32;
  const matrixBytes = oddCacheLines(packed ? Math.ceil(channels / 8) * panelBytes : tiles * rowBytes);
  return { tiles, rowBytes, panelBytes, matrixBytes, all: tilePoints ** 2 * matrixBytes };
}

/** The transform of images into tiles. */
export interface InputTransform {
  readonly images: Images;
  readonly tiling: Tiling;
  /** Padding before the image, in rows and columns. */
  readonly top: number;
  readonly left: number;
  /** A matrix of 6 × extent, which transforms the `extent` rows and columns of a tile. Tiles are 4 pixels apart. */
  readonly transform: Matrix;
  readonly packed: boolean;
}

/**
 * Bytes of working memory of {@link emitInputTransform}: a row of zeros, then the strip. All of it must be 0 at first.
 */
export function inputTransformBytes({ images: { width, channels }, tiling, transform }: InputTransform): {
  readonly zeros: number;
  readonly stripRow: number;
  readonly all: number;
} {
  const zeros = oddCacheLines(width * channels * 4);
  const stripRow = oddCacheLines((tiling.across * tileSize + transform[0]!.length - tileSize) * channels * 4);
  return { zeros, stripRow, all: zeros + tilePoints * stripRow };
}

/**
 * Emits a function `(images, row, work, matrices)` that transforms the tiles of a block, from the given row of tiles
 * on. For each row of tiles, it first transforms the columns of whole image rows into a strip of 6 rows. Then it
 * transforms the rows of the strip, tile by tile.
 *
 * The inner loop does not check for edges. It reads rows outside the image from a row of zeros, and the margins of the
 * strip stay 0.
 */
export function emitInputTransform(module: ModuleBuilder, target: Target, r: InputTransform): FunctionRef {
  return module.func(['i32', 'i32', 'i32', 'i32'], [], (f, images, first, work, matrices) => {
    const { zeros } = inputTransformBytes(r);
    const strip = f.let(i32.add(work, i32.const(zeros)));
    const [row, to] = f.locals('i32', 2);
    f.set(to, matrices);
    f.for(row, first, f.let(i32.add(first, i32.const(r.tiling.blockRows))), 1, () => {
      downColumns(f, target, r, images, row, work, strip);
      acrossStrip(f, target, r, strip, to);
      f.increase(to, r.tiling.across * tileMatrices(r).rowBytes);
    });
  });
}

function downColumns(
  f: FunctionBuilder,
  { vector: l }: Target,
  r: InputTransform,
  images: Local<'i32'>,
  row: Local<'i32'>,
  zeros: Local<'i32'>,
  strip: Local<'i32'>,
): void {
  const { height, width, channels } = r.images;
  const rowBytes = width * channels * 4;
  const image = f.let(i32.divU(row, i32.const(r.tiling.down)));
  const y = f.let(
    i32.sub(i32.mul(i32.sub(row, i32.mul(image, i32.const(r.tiling.down))), i32.const(tileSize)), i32.const(r.top)),
  );
  const base = f.let(i32.add(images, i32.mul(i32.add(i32.mul(image, i32.const(height)), y), i32.const(rowBytes))));
  // The comparison is unsigned, so negative rows are outside, too. So are all rows beyond the last image.
  const inside = f.let(i32.select(i32.ltU(row, i32.const(r.tiling.rows)), i32.const(height), i32.const(0)));
  const from = r.transform[0]!.map((_, i) =>
    f.let(i32.select(i32.ltU(i32.add(y, i32.const(i)), inside), i32.add(base, i32.const(i * rowBytes)), zeros)),
  );
  const to = f.let(i32.add(strip, i32.const(r.left * channels * 4)));
  const end = f.let(i32.add(to, i32.const(rowBytes)));
  f.loop((again) => {
    linearMap(
      f,
      l,
      r.transform,
      from.map((p) => f.let(l.load(p))),
    ).forEach((v, i) => f.add(l.store(to, v, i * inputTransformBytes(r).stripRow)));
    for (const p of [...from, to]) f.increase(p, 16);
    f.brIf(again, i32.ltU(to, end));
  });
}

function acrossStrip(
  f: FunctionBuilder,
  { vector: l }: Target,
  r: InputTransform,
  strip: Local<'i32'>,
  matrices: Local<'i32'>,
): void {
  const bytes = r.images.channels * 4;
  const { rowBytes, panelBytes, matrixBytes } = tileMatrices(r);
  const [i, t, x, from, to] = f.locals('i32', 5);
  const [stripRow, matrixRow, row] = [f.let(strip), f.let(matrices), f.local('i32')];
  f.for(i, 0, tilePoints, 1, () => {
    f.set(from, stripRow);
    f.set(row, matrixRow);
    f.for(t, 0, r.tiling.across, 1, () => {
      f.set(to, row);
      f.for(x, 0, bytes, 16, () => {
        const values = r.transform[0]!.map((_, j) => f.let(l.load(from, j * bytes)));
        linearMap(f, l, r.transform, values).forEach((v, j) => f.add(l.store(to, v, j * matrixBytes)));
        f.increase(from, 16);
        f.increase(
          to,
          panelBytes === 32 ? 16 : i32.select(i32.and(x, i32.const(16)), i32.const(panelBytes - 16), i32.const(16)),
        );
      });
      f.increase(from, (tileSize - 1) * bytes);
      f.increase(row, rowBytes);
    });
    f.increase(stripRow, inputTransformBytes(r).stripRow);
    f.increase(matrixRow, tilePoints * matrixBytes);
  });
}
