import { ShapeError, showShape } from '@chainrule/errors';
import { Tensor } from '@chainrule/tensor';
import { aTensor } from '@chainrule/tensor/graph';

/** Checks the number of features on the last axis. */
export function checkFeatures(op: string, x: Tensor, features: number): void {
  aTensor(op, 'x', x);
  if (x.rank === 0 || x.shape.at(-1) !== features)
    throw new ShapeError(`${op}: expects ${features} features in the last axis, got shape ${showShape(x.shape)}`);
}

/** Changes each value by the number of its feature. The result is float64 for float64, and float32 otherwise. */
export function changeFeatures<T>(
  op: string,
  x: Tensor,
  features: number,
  change: (value: number, feature: number) => number,
): T {
  checkFeatures(op, x, features);
  const values = x['~values'];
  const result = x.dtype === 'float64' ? new Float64Array(values.length) : new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = change(values[i]!, i % features);
  return new Tensor(x.shape, x.dtype === 'float64' ? 'float64' : 'float32', result) as T;
}
