import type { Tensor } from '@chainrule/tensor';
import { type Adapter, op } from '../adapter.ts';
import { type Attrs, Unsupported } from '../given.ts';

/** The positions that NumPy's `begin:end:stride` names on an axis of size n. */
interface Range {
  readonly first: number;
  readonly count: number;
  readonly stride: number;
}

/**
 * As in NumPy: negative positions count from the end, positions beyond the ends are clamped, and negative strides go
 * backwards.
 */
export function resolveRange(n: number, begin: number | undefined, end: number | undefined, stride: number): Range {
  if (!Number.isInteger(stride) || stride === 0)
    throw new Unsupported(`not supported: attribute \`strides\` ${stride}`);
  const [low, high] = stride > 0 ? [0, n] : [-1, n - 1];
  const clamp = (position: number): number => Math.min(Math.max(position < 0 ? position + n : position, low), high);
  const first = begin === undefined ? (stride > 0 ? low : high) : clamp(begin);
  const last = end === undefined ? (stride > 0 ? high : low) : clamp(end);
  return { first, count: Math.max(0, Math.ceil((last - first) / stride)), stride };
}

/** A position for each axis. Missing positions and `null` mean NumPy's defaults. */
function positions(attrs: Attrs, name: string): readonly (number | undefined)[] {
  const list = attrs.find(name) ?? [];
  if (!Array.isArray(list) || !list.every((n) => n === null || Number.isInteger(n)))
    throw new Unsupported(`attribute \`${name}\` must be a list of integers`);
  return list.map((n: number | null) => n ?? undefined);
}

/** Axes that are read backwards are flipped first. */
export const slice: Adapter = (inputs, attrs) => {
  const x: Tensor = inputs.get('x');
  const [begin, end, strides] = ['begin', 'end', 'strides'].map((name) => positions(attrs, name)) as [
    Positions,
    Positions,
    Positions,
  ];
  const ranges = x.shape.map((n, i) => resolveRange(n, begin[i], end[i], strides[i] ?? 1));
  const backwards = ranges.flatMap(({ stride }, i) => (stride < 0 ? [i] : []));
  const turned = backwards.length > 0 ? op('flip')(x, backwards) : x;
  const starts = ranges.map(({ first, count, stride }, i) =>
    count === 0 ? 0 : stride < 0 ? x.shape[i]! - 1 - first : first,
  );
  return op('slice')(
    turned,
    starts,
    ranges.map(({ count }) => count),
    ranges.map(({ stride }) => Math.abs(stride)),
  );
};

type Positions = readonly (number | undefined)[];
