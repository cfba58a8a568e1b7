import { type FunctionBuilder, type FunctionRef, i32, type Local, type ModuleBuilder } from '../../asm/index.ts';
import type { Lanes } from '../../lanes/lanes.ts';
import type { Target } from '../common/kernel.ts';
import { linearMap } from './linearMap.ts';
import type { Matrix } from './matrices.ts';
import { type Images, oddCacheLines, tilePoints, tileSize, type Tiling } from './inputTransform.ts';

/** The transform of the products of tiles into images. */
export interface OutputTransform {
  readonly images: Images;
  readonly tiling: Tiling;
  /** 4 × 6 */
  readonly transform: Matrix;
}

/**
 * Bytes of the products (36 matrices `[tiles, channels]`), and of a row of tiles whose columns have been transformed.
 */
export function outputTransformBytes({ images: { channels }, tiling }: OutputTransform): {
  readonly matrixBytes: number;
  readonly matrices: number;
  readonly rowBytes: number;
  readonly middle: number;
} {
  const matrixBytes = oddCacheLines(tiling.blockRows * tiling.across * channels * 4);
  const rowBytes = oddCacheLines(tiling.across * channels * 4);
  return { matrixBytes, matrices: tilePoints ** 2 * matrixBytes, rowBytes, middle: tileSize * tilePoints * rowBytes };
}

/**
 * Emits a function `(matrices, row, middle, images)` that transforms the products of a block, from the given row of
 * tiles on, and writes the pixels that lie in an image. For each row of tiles, it first transforms columns into
 * `middle`, then rows.
 */
export function emitOutputTransform(module: ModuleBuilder, target: Target, w: OutputTransform): FunctionRef {
  const {
    images: { channels },
    tiling,
  } = w;
  return module.func(['i32', 'i32', 'i32', 'i32'], [], (f, matrices, first, middle, images) => {
    const row = f.local('i32');
    const last = f.let(i32.add(first, i32.const(tiling.blockRows)));
    f.set(last, i32.select(i32.ltU(last, i32.const(tiling.rows)), last, i32.const(tiling.rows)));
    f.for(row, first, last, 1, () => {
      downColumns(f, target.vector, w, matrices, middle);
      acrossRows(f, target.vector, w, middle, row, images);
      f.increase(matrices, tiling.across * channels * 4);
    });
  });
}

function downColumns(
  f: FunctionBuilder,
  l: Lanes,
  w: OutputTransform,
  matrices: Local<'i32'>,
  middle: Local<'i32'>,
): void {
  const { matrixBytes, rowBytes } = outputTransformBytes(w);
  const [j, x, from, to] = f.locals('i32', 4);
  const [columnFrom, columnTo] = [f.let(matrices), f.let(middle)];
  f.for(j, 0, tilePoints, 1, () => {
    f.set(from, columnFrom);
    f.set(to, columnTo);
    f.for(x, 0, w.tiling.across * w.images.channels, 4, () => {
      const values = w.transform[0]!.map((_, i) => f.let(l.load(from, i * tilePoints * matrixBytes)));
      linearMap(f, l, w.transform, values).forEach((v, i) => f.add(l.store(to, v, i * tilePoints * rowBytes)));
      f.increase(from, 16);
      f.increase(to, 16);
    });
    f.increase(columnFrom, matrixBytes);
    f.increase(columnTo, rowBytes);
  });
}

/** Writes the pixels of a tile that lie in the image. */
function acrossRows(
  f: FunctionBuilder,
  l: Lanes,
  w: OutputTransform,
  middle: Local<'i32'>,
  row: Local<'i32'>,
  images: Local<'i32'>,
): void {
  const {
    images: { height, width, channels },
    tiling,
  } = w;
  const { rowBytes } = outputTransformBytes(w);
  const bytes = channels * 4;
  const [i, t, x, from, rows] = f.locals('i32', 5);
  const rowFrom = f.let(middle);
  const image = f.let(i32.divU(row, i32.const(tiling.down)));
  const y = f.let(i32.mul(i32.sub(row, i32.mul(image, i32.const(tiling.down))), i32.const(tileSize)));
  const to = f.let(i32.add(images, i32.mul(i32.add(i32.mul(image, i32.const(height)), y), i32.const(width * bytes))));
  f.set(rows, i32.sub(i32.const(height), y));
  const pixels = (count: number): void => {
    const values = w.transform[0]!.map((_, j) => f.let(l.load(from, j * rowBytes)));
    linearMap(f, l, w.transform.slice(0, count), values).forEach((v, k) => f.add(l.store(to, v, k * bytes)));
    f.increase(from, 16);
    f.increase(to, 16);
  };
  f.for(i, 0, i32.select(i32.ltU(rows, i32.const(tileSize)), rows, i32.const(tileSize)), 1, () => {
    f.set(from, rowFrom);
    f.for(t, 0, Math.floor(width / tileSize), 1, () => {
      f.for(x, 0, bytes, 16, () => pixels(tileSize));
      f.increase(to, (tileSize - 1) * bytes);
    });
    if (width % tileSize !== 0) {
      f.for(x, 0, bytes, 16, () => pixels(width % tileSize));
      f.increase(to, ((width % tileSize) - 1) * bytes);
    }
    f.increase(rowFrom, tilePoints * rowBytes);
  });
}
