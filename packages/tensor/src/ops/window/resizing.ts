import { OptionError, ShapeError, showShape, showValue } from '@chainrule/errors';
import { Tensor } from '../../array/tensor.ts';

/** Throws unless `x` is a batch of images and `size` is two positive integers. */
export function checkResize(op: string, x: Tensor, size: readonly number[]): void {
  if (x.rank !== 4)
    throw new ShapeError(`${op}: \`x\` expects rank 4 [batch,height,width,channels], got ${showShape(x.shape)}`);
  if (!Array.isArray(size) || size.length !== 2 || size.some((n) => !Number.isInteger(n) || n < 1)) {
    throw new OptionError(`${op}: \`size\` must be two positive integers [height, width], got ${showValue(size)}`);
  }
  if (x.shape[1] === 0 || x.shape[2] === 0)
    throw new ShapeError(`${op}: \`x\` must have pixels, got ${showShape(x.shape)}`);
}

/** The position of the center of pixel `i` of `target` pixels among `source` pixels. Centers are at half-integers. */
export function center(i: number, source: number, target: number): number {
  return ((i + 0.5) * source) / target - 0.5;
}

/** An int32 vector of positions. */
export function positions(length: number, at: (i: number) => number): Tensor {
  return new Tensor(
    [length],
    'int32',
    Int32Array.from({ length }, (_, i) => at(i)),
  );
}
