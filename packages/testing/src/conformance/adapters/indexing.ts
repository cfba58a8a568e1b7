import { full, tensor, type Tensor, topK as topKOf, zeros } from '@chainrule/tensor';
import { scatterAddNode, withOpName } from '@chainrule/tensor/graph';
import { type Adapter, type Adapters, given, op } from '../adapter.ts';
import { axisOf } from '../axis.ts';
import { Unsupported } from '../given.ts';

/** Picks an element for each index. Ignores the part of `x` that extends beyond the indices along another axis. */
const takeAlongAxis: Adapter = (inputs, attrs) => {
  const [x, indices] = [inputs.get('x'), inputs.get('indices')];
  const axis = axisOf(attrs.number('axis') ?? -1, x.rank);
  const sizes = x.shape.map((n, i) => (i === axis ? n : Math.min(n, indices.shape[i] ?? n)));
  return op('takeAlongAxis')(
    op('slice')(
      x,
      x.shape.map(() => 0),
      sizes,
    ),
    indices,
    axis,
  );
};

/**
 * A tensor of the shape of `x` with the updates at their indices, and 0 elsewhere. Updates with the same index add up.
 */
function scattered(x: Tensor, indices: Tensor, updates: Tensor, axis: number): Tensor {
  const base = zeros(
    indices.shape.map((n, i) => (i === axis ? x.shape[i]! : n)),
    updates.dtype,
  );
  const sums = withOpName('scatterElements', () => scatterAddNode(base, indices, updates, axis, true));
  return op('pad')(
    sums,
    x.shape.map((n, i) => [0, n - base.shape[i]!]),
  );
}

/** 1 for the last of equal indices on a line, and 0 for the others. */
function lastOnes(x: Tensor, indices: Tensor, axis: number): Tensor {
  const count = indices.shape[axis]!;
  const places = op('where')(op('less')(indices, 0), op('add')(indices, x.shape[axis]), indices);
  const same = op('equal')(op('expandDims')(places, axis + 1), op('expandDims')(places, axis));
  const shape = [...indices.shape.map((_, i) => (i === axis ? count : 1))];
  shape.splice(axis + 1, 0, count);
  const later = op('reshape')(op('triu')(full([count, count], 1, 'int32'), 1), shape);
  const repeats = op('any')(op('logicalAnd')(same, op('cast')(later, 'bool')), { axis: axis + 1 });
  return op('cast')(op('logicalNot')(repeats), 'int32');
}

/** Writes or adds each update at its index. Of updates with the same index, the last one is written. */
const scatterElements: Adapter = (inputs, attrs) => {
  const [x, indices, updates] = [inputs.get('x'), inputs.get('indices'), inputs.get('updates')];
  const axis = axisOf(attrs.number('axis') ?? 0, x.rank);
  if (attrs.only('reduction', 'none', 'add') === 'add') return op('add')(x, scattered(x, indices, updates, axis));
  const last = lastOnes(x, indices, axis);
  const written = op('where')(op('cast')(last, 'bool'), updates, op('cast')(tensor(0), updates.dtype));
  return op('where')(op('greater')(scattered(x, indices, last, axis), 0), scattered(x, indices, written, axis), x);
};

/** Negative indices count from `depth`. */
const oneHot: Adapter = (inputs, attrs) => {
  const depth = attrs.number('depth');
  if (depth === undefined) throw new Unsupported('attribute `depth` is missing');
  const indices = op('cast')(inputs.find('x') ?? inputs.get('indices'), 'int32');
  const classes = op('where')(op('less')(indices, 0), op('add')(indices, depth), indices);
  const dtype = attrs.dtypes.output ?? 'float32';
  const [on, off] = [attrs.number('onValue') ?? 1, attrs.number('offValue') ?? 0].map((value) =>
    full([], value, dtype),
  );
  const last = op('where')(op('oneHot')(classes, depth, 'bool'), on, off);
  return op('moveAxis')(last, -1, attrs.number('axis') ?? -1);
};

const topK: Adapter = (inputs, attrs) =>
  topKOf(inputs.get('x'), {
    k: attrs.number('k') ?? 1,
    axis: attrs.number('axis') ?? -1,
    largest: attrs.boolean('largest', true),
  });

const ordering =
  (name: string): Adapter =>
  (inputs, attrs) =>
    op(name)(inputs.get('x'), given({ axis: attrs.number('axis'), descending: attrs.boolean('descending') }));

export const indexings: Adapters = {
  gather: (inputs, attrs) => op('gather')(inputs.get('x'), inputs.get('indices'), attrs.number('axis') ?? 0),
  sort: ordering('sort'),
  argsort: ordering('argsort'),
  takeAlongAxis,
  scatterElements,
  oneHot,
  topK,
};
