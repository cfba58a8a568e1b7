import { gather, type Tensor, tensor } from '@chainrule/tensor';
import type { Samples } from '../trainModel.ts';

/** Samples whose index leaves one of the remainders when divided by `n`. */
export function everyNth({ x, y }: Samples, n: number, remainder: (rest: number) => boolean): Samples {
  const rows = tensor(Int32Array.from(Array(x.shape[0]).keys()).filter((row) => remainder(row % n)));
  const chosen = (t: Tensor): Tensor => gather(t, rows, { axis: 0 });
  return { x: chosen(x), y: chosen(y) };
}
