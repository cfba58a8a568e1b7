import { split as splitOf } from '@chainrule/tensor';
import { broadcastShapes } from '@chainrule/tensor/graph';
import { type Adapter, type Adapters, given, op } from '../adapter.ts';
import { axisOf } from '../axis.ts';
import { Unsupported } from '../given.ts';
import { slice } from './slice.ts';

const pad: Adapter = (inputs, attrs) => {
  const mode = attrs.only('mode', 'constant', 'reflect', 'symmetric', 'edge', 'wrap');
  return op('pad')(inputs.get('x'), attrs.get('paddings'), { mode, ...given({ value: attrs.number('value') }) });
};

const split: Adapter = (inputs, attrs) => {
  const sizes = attrs.list('sizes');
  if (!sizes) throw new Unsupported('attribute `sizes` is missing');
  const parts = splitOf(inputs.get('x'), sizes, attrs.number('axis') ?? 0);
  return Object.fromEntries(parts.map((part, i) => [`output${i + 1}`, part]));
};

/** The axes count in `x`, or in the result if the op inserts them. */
const squeeze: Adapter = (inputs, attrs) => {
  const x = inputs.get('x');
  const axes = attrs.numbers('axis');
  if (axes === undefined) return op('squeeze')(x);
  const order = [axes]
    .flat()
    .map((axis) => axisOf(axis, x.rank))
    .sort((a, b) => b - a);
  return order.reduce((y, axis) => op('squeeze')(y, axis), x);
};

const expandDims: Adapter = (inputs, attrs) => {
  const x = inputs.get('x');
  const axes = [attrs.numbers('axis') ?? 0].flat();
  const order = axes.map((axis) => axisOf(axis, x.rank + axes.length)).sort((a, b) => a - b);
  return order.reduce((y, axis) => op('expandDims')(y, axis), x);
};

/** For a size of 1, the axis keeps the size of `x`. */
const broadcastTo: Adapter = (inputs, attrs) => {
  const [x, shape] = [inputs.get('x'), attrs.list('shape')];
  if (!shape) throw new Unsupported('attribute `shape` is missing');
  return op('broadcastTo')(x, broadcastShapes('broadcastTo', x.shape, shape));
};

/** To a matrix: the axes before `axis` become the rows, the others the columns. */
const flatten: Adapter = (inputs, attrs) => {
  const x = inputs.get('x');
  const axis = attrs.number('axis') ?? 1;
  const rows = x.shape.slice(0, axis < 0 ? axis + x.rank : axis).reduce((a, b) => a * b, 1);
  return op('reshape')(x, [rows, x.size === 0 ? x.shape.slice(axis).reduce((a, b) => a * b, 1) : x.size / rows]);
};

export const shapes: Adapters = {
  transpose: (inputs, attrs) => op('transpose')(inputs.get('x'), attrs.list('perm')),
  reshape: (inputs, attrs) => op('reshape')(inputs.get('x'), attrs.get('shape')),
  flip: (inputs, attrs) => op('flip')(inputs.get('x'), attrs.numbers('axis')),
  concat: (inputs, attrs) => op('concat')(inputs.operands(), attrs.number('axis') ?? 0),
  stack: (inputs, attrs) => op('stack')(inputs.operands(), attrs.number('axis') ?? 0),
  tile: (inputs, attrs) => op('tile')(inputs.get('x'), attrs.get('reps')),
  repeat: (inputs, attrs) => op('repeat')(inputs.get('x'), attrs.get('repeats'), attrs.number('axis')),
  roll: (inputs, attrs) => op('roll')(inputs.get('x'), attrs.get('shift'), attrs.numbers('axis')),
  moveAxis: (inputs, attrs) => op('moveAxis')(inputs.get('x'), attrs.get('source'), attrs.get('destination')),
  triu: (inputs, attrs) => op('triu')(inputs.get('x'), attrs.number('k') ?? 0),
  tril: (inputs, attrs) => op('tril')(inputs.get('x'), attrs.number('k') ?? 0),
  pad,
  split,
  squeeze,
  flatten,
  expandDims,
  broadcastTo,
  slice,
};
