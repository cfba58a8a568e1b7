import { full, type Tensor } from '@chainrule/tensor';
import { type Adapter, type Adapters, op } from '../adapter.ts';
import { Unsupported } from '../given.ts';
import { slice } from './slice.ts';

const axisOf = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

const pad: Adapter = (inputs, attrs) => {
  attrs.only('mode', 'constant');
  return op('pad')(inputs.get('x'), attrs.get('paddings'), attrs.number('value') ?? 0);
};

const split: Adapter = (inputs, attrs) => {
  const x = inputs.get('x');
  const axis = axisOf(attrs.number('axis') ?? 0, x.rank);
  const sizes = attrs.list('sizes');
  if (!sizes) throw new Unsupported('attribute `sizes` is missing');
  let begin = 0;
  const parts = sizes.map((size, i): [string, Tensor] => {
    const at = x.shape.map((_, k) => (k === axis ? begin : 0));
    begin += size;
    return [`output${i + 1}`, op('slice')(x, at, x.shape.map((n, k) => (k === axis ? size : n)))];
  });
  return Object.fromEntries(parts);
};

/** The axes are those of `x`, or of the result where they are inserted. */
const squeeze: Adapter = (inputs, attrs) => {
  const x = inputs.get('x');
  const axes = attrs.numbers('axis');
  if (axes === undefined) return op('squeeze')(x);
  const order = [axes].flat().map((axis) => axisOf(axis, x.rank)).sort((a, b) => b - a);
  return order.reduce((y, axis) => op('squeeze')(y, axis), x);
};

const expandDims: Adapter = (inputs, attrs) => {
  const x = inputs.get('x');
  const axes = [attrs.numbers('axis') ?? 0].flat();
  const order = axes.map((axis) => axisOf(axis, x.rank + axes.length)).sort((a, b) => a - b);
  return order.reduce((y, axis) => op('expandDims')(y, axis), x);
};

const tile: Adapter = (inputs, attrs) => {
  const x = inputs.get('x');
  const reps = attrs.list('reps') ?? [];
  const rank = Math.max(reps.length, x.rank);
  const sizes = [...new Array<number>(rank - x.rank).fill(1), ...x.shape];
  const times = [...new Array<number>(rank - reps.length).fill(1), ...reps];
  const cells = op('reshape')(x, sizes.flatMap((n) => [1, n]));
  return op('reshape')(op('broadcastTo')(cells, sizes.flatMap((n, i) => [times[i]!, n])), sizes.map((n, i) => n * times[i]!));
};

const oneHot: Adapter = (inputs, attrs) => {
  const indices = inputs.get('indices');
  const depth = attrs.number('depth');
  const dtype = attrs.dtypes.output ?? 'float32';
  const [on, off] = [attrs.number('onValue') ?? 1, attrs.number('offValue') ?? 0].map((value) => full([], value, dtype));
  const axis = axisOf(attrs.number('axis') ?? -1, indices.rank + 1);
  const last = op('where')(op('oneHot')(indices, depth, 'bool'), on, off);
  const order = indices.shape.map((_, i) => i);
  return op('transpose')(last, [...order.slice(0, axis), indices.rank, ...order.slice(axis)]);
};

const topK: Adapter = (inputs, attrs) => {
  const x = inputs.get('x');
  const axis = axisOf(attrs.number('axis') ?? -1, x.rank);
  const k = attrs.number('k') ?? 1;
  const order = op('argsort')(x, { axis, descending: attrs.boolean('largest', true) });
  const indices = op('slice')(order, x.shape.map(() => 0), x.shape.map((n, i) => (i === axis ? k : n)));
  return { values: op('takeAlongAxis')(x, indices, axis), indices };
};

export const shapes: Adapters = {
  transpose: (inputs, attrs) => op('transpose')(inputs.get('x'), attrs.list('perm')),
  reshape: (inputs, attrs) => op('reshape')(inputs.get('x'), attrs.get('shape')),
  broadcastTo: (inputs, attrs) => op('broadcastTo')(inputs.get('x'), attrs.get('shape')),
  flip: (inputs, attrs) => op('flip')(inputs.get('x'), attrs.numbers('axis')),
  concat: (inputs, attrs) => op('concat')(inputs.operands(), attrs.number('axis') ?? 0),
  gather: (inputs, attrs) => op('gather')(inputs.get('x'), inputs.get('indices'), attrs.number('axis') ?? 0),
  takeAlongAxis: (inputs, attrs) => op('takeAlongAxis')(inputs.get('x'), inputs.get('indices'), attrs.number('axis') ?? -1),
  pad, split, squeeze, expandDims, tile, slice, oneHot, topK,
};
