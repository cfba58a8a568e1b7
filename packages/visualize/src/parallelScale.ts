import type { ParallelAxis } from './figure.ts';

/** Where the values of an axis lie. */
export interface ParallelScale {
  /** From 0 at the bottom to 1 at the top; NaN where it has no place. */
  readonly place: (value: number | string) => number;
  readonly ticks: readonly { readonly value: number | string; readonly at: number }[];
}

/** Texts are as far apart as they are many; numbers have their least, their middle and their largest. */
export function parallelScale({ values, scale }: ParallelAxis): ParallelScale {
  if (values.some((value) => typeof value === 'string')) return texts(values.map(String));
  const of = (value: number): number => (scale === 'log' ? Math.log(value) : value);
  const finite = (values as readonly number[]).map(of).filter(Number.isFinite);
  if (finite.length === 0) return { place: () => NaN, ticks: [] };
  const [least, most] = [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
  const place = (value: number | string): number => (most > least ? (of(Number(value)) - least) / (most - least) : 0.5);
  const back = (at: number): number => (scale === 'log' ? Math.exp(at) : at);
  const shown = most > least ? [0, 0.5, 1] : [0.5];
  return {
    place: (value) => (Number.isFinite(of(Number(value))) ? place(value) : NaN),
    ticks: shown.map((at) => ({ at, value: back(least + at * (most - least)) })),
  };
}

function texts(values: readonly string[]): ParallelScale {
  const all = [...new Set(values)];
  const at = (i: number): number => (all.length > 1 ? i / (all.length - 1) : 0.5);
  return { place: (value) => at(all.indexOf(String(value))), ticks: all.map((value, i) => ({ value, at: at(i) })) };
}
