import { type NodeOf, sizeOf } from '@chainrule/tensor/graph';
import { f32, type FunctionBuilder, type I32, i32, type Local, memory, type TupleOf } from '../../asm/index.ts';
import { copyRun } from '../common/copyRun.ts';
import { maxFloatAdditions, partitionRows } from '../common/partition.ts';
import { eachVector } from '../common/eachVector.ts';
import { aroundAxis } from '../common/elements.ts';
import {
  type ComputeKernel,
  kernelArgs,
  kernelParams,
  type Lowered,
  type LoweringOptions,
  type Target,
} from '../common/kernel.ts';
import { addLists, type ScatterAddresses, type Scatter } from './scatterLists.ts';
import { resolveIndex, statusBuffer } from '../common/status.ts';

/** Knowledge of the planner about a scatter. */
export interface ScatterOptions extends Partial<LoweringOptions> {
  /** The base is zeros, and no buffer is passed for it. */
  readonly zeroBase?: boolean;
}

/**
 * Lowers `scatterAdd`. Repeated indices add up in order, so work is split along the other axes, never along the
 * indices. If an element may take more than {@link maxFloatAdditions} updates, sums are carried in float64
 * (`scatterLists.ts`). Takes the status block. The adjoint of a lookup of 5,760 rows of 20 floats in a table of 8,000
 * rows takes 0.03 ms on one thread.
 */
export function lowerScatterAdd(
  node: NodeOf<'scatterAdd'>,
  { zeroBase = false }: ScatterOptions = {},
): Lowered | undefined {
  const [base, indices] = node.inputs;
  const { axis, along, labels } = node.attrs;
  if (base!.dtype !== 'float32' && base!.dtype !== 'int32') return undefined;
  const indexCount = along ? indices!.shape[axis]! : sizeOf(indices!.shape);
  const scatter = {
    ...aroundAxis(base!.shape, axis),
    indexCount,
    along,
    labels,
    zeroBase,
    isFloat: base!.dtype === 'float32',
  };
  return {
    temporaries: [],
    steps: [{ kernel: scatterKernel(scatter), buffers: [...(zeroBase ? [] : [0]), 1, 2, 3, statusBuffer] }],
  };
}

/**
 * Base and result have shape `[outer, count, inner]`, and updates `[outer, indexCount, inner]`. Indices have shape
 * `[indexCount]`, or that of the updates with `along`.
 */
function scatterKernel(s: Scatter): ComputeKernel {
  const { outer, count, inner, indexCount: indexCount, along, labels, zeroBase, isFloat } = s;
  const name = `scatterAdd${along ? ' along' : ''} ${outer}x${count}x${inner} ${indexCount} ${isFloat ? 'float32' : 'int32'}${zeroBase ? ' of zeros' : ''}${labels ? ' by labels' : ''}`;
  const parts = columnParts(s);
  const { units, bounds } = partitionRows(outer * parts, ((count + indexCount) * inner) / parts);
  const buffers = zeroBase ? 4 : 5;
  const isLong = isFloat && indexCount > maxFloatAdditions;
  return {
    key: name,
    name,
    buffers,
    units,
    flops: outer * indexCount * inner,
    bytes: 4 * (outer * (count * (zeroBase ? 1 : 2) + indexCount) * inner + (along ? outer * inner : 1) * indexCount),
    scratch: isLong ? 4 * (count + indexCount) : 0,
    emit: (module, target) =>
      module.func(kernelParams(buffers), [], (f, ...params) => {
        const { buffers: addresses, scratch, begin: first, end: last } = kernelArgs(params);
        const [indices, updates, out, status] = addresses.slice(-4) as TupleOf<Local<'i32'>, 4>;
        const [begin, end] = bounds(first, last);
        const task = f.local('i32');
        f.for(task, begin, end, 1, () => {
          const before = f.let(parts === 1 ? task : i32.divU(task, i32.const(parts)));
          const start =
            parts === 1 ? i32.const(0) : i32.mul(i32.remU(task, i32.const(parts)), i32.const((4 * inner) / parts));
          const place = (n: number): I32 => i32.add(i32.mul(before, i32.const(4 * n * inner)), start);
          const [at, from] = [f.let(place(count)), f.let(place(indexCount))];
          const to = f.let(i32.add(out, at));
          if (zeroBase) clear(f, target, s, to);
          else copyBase(f, target, s, to, f.let(i32.add(addresses[0]!, at)));
          const rows = {
            to,
            indices: f.let(along ? i32.add(indices, from) : indices),
            updates: f.let(i32.add(updates, from)),
            status,
          };
          if (isLong) addLists(f, target, { ...s, width: inner / parts }, rows, scratch);
          else if (along) addElements(f, s, rows);
          else addRows(f, target, s, rows);
        });
      }),
  };
}

/**
 * The number of parts into which `inner` is split if `outer` alone makes too few units. Each has at least 32 elements.
 */
function columnParts({ outer, count, inner, indexCount: indexCount }: Scatter): number {
  const most = Math.min(inner / 32, ((count + indexCount) * inner) / 32768, 16 / outer);
  for (let parts = Math.floor(most); parts > 1; parts--) if (inner % parts === 0) return parts;
  return 1;
}

/** Sets the rows of this part to 0. Short runs use stores, because a call of `memory.fill` would cost more. */
function clear(f: FunctionBuilder, target: Target, s: Scatter, to: Local<'i32'>): void {
  if (columnParts(s) === 1) return f.add(memory.fill(to, i32.const(0), i32.const(4 * s.count * s.inner)));
  eachRow(f, s, [to], (bytes, [row]) =>
    eachVector(f, target, bytes / 4, (l, offset) => f.add(l.store(i32.add(row!, offset), l.const(0)))),
  );
}

function copyBase(f: FunctionBuilder, target: Target, s: Scatter, to: Local<'i32'>, from: Local<'i32'>): void {
  eachRow(f, s, [to, from], (bytes, [row, source]) => copyRun(f, target, row!, source!, bytes));
}

/** Visits the rows of the base in this part. If it is the only part, visits all rows as one. */
function eachRow(
  f: FunctionBuilder,
  s: Scatter,
  starts: readonly Local<'i32'>[],
  visit: (bytes: number, at: readonly Local<'i32'>[]) => void,
): void {
  const parts = columnParts(s);
  if (parts === 1) return visit(4 * s.count * s.inner, starts);
  const at = starts.map((start) => f.let(start));
  f.for(f.local('i32'), 0, s.count, 1, () => {
    visit((4 * s.inner) / parts, at);
    for (const row of at) f.increase(row, 4 * s.inner);
  });
}

function addRows(
  f: FunctionBuilder,
  target: Target,
  s: Scatter,
  { to, indices, updates, status }: ScatterAddresses,
): void {
  f.for(f.local('i32'), 0, s.indexCount, 1, () => {
    const at = resolveIndex(f, status, i32.load(indices), s.count, s.labels);
    const row = f.let(i32.add(to, i32.mul(at, i32.const(4 * s.inner))));
    eachVector(f, target, s.inner / columnParts(s), (l, offset) => {
      const [place, update] = [f.let(i32.add(row, offset)), i32.add(updates, offset)];
      f.add(
        s.isFloat
          ? l.store(place, l.add(l.load(place), l.load(update)))
          : l.ints.store(place, l.ints.add(l.ints.load(place), l.ints.load(update))),
      );
    });
    f.increase(indices, 4);
    f.increase(updates, 4 * s.inner);
  });
}

function addElements(f: FunctionBuilder, s: Scatter, { to, indices, updates, status }: ScatterAddresses): void {
  const offset = f.local('i32');
  f.for(f.local('i32'), 0, s.indexCount, 1, () => {
    f.for(offset, 0, (4 * s.inner) / columnParts(s), 4, () => {
      const at = resolveIndex(f, status, i32.load(i32.add(indices, offset)), s.count, s.labels);
      const place = f.let(i32.add(i32.add(to, offset), i32.mul(at, i32.const(4 * s.inner))));
      const update = i32.add(updates, offset);
      f.add(
        s.isFloat
          ? f32.store(place, f32.add(f32.load(place), f32.load(update)))
          : i32.store(place, i32.add(i32.load(place), i32.load(update))),
      );
    });
    f.increase(indices, 4 * s.inner);
    f.increase(updates, 4 * s.inner);
  });
}
