import { cast, isFloat, isTensor, Tensor } from '@chainrule/tensor';
import { treeMap, treeReplace, treeTensors } from '@chainrule/tensor/graph';
import { op } from '../programs/dynamic.ts';
import { seededSampler } from '../sampler.ts';
import { sweptOps } from './opRows.ts';
import { type Cell, sizes, widths } from './sweep.ts';

/** A consumer of the result of an op. A backend may write the result directly into the memory of its consumer. */
const consumers: readonly {
  readonly name: string;
  /** The number of results that it takes. */
  readonly count: number;
  readonly take: (results: readonly Tensor[]) => Tensor;
}[] = [
  { name: 'itself', count: 1, take: ([x]) => x! },
  { name: 'concat', count: 2, take: (xs) => (xs[0]!.rank > 0 ? op('concat')(xs, -1) : op('stack')(xs, 0)) },
  { name: 'stack', count: 2, take: (xs) => op('stack')(xs, -1) },
  {
    name: 'pad',
    count: 1,
    take: ([x]) =>
      op('pad')(
        x!,
        x!.shape.map(() => [1, 2]),
      ),
  },
];

/** Floats as float32, as programs get them. */
function narrow(args: readonly unknown[]): readonly unknown[] {
  return treeMap(args, (leaf) =>
    isTensor(leaf) && isFloat(leaf.dtype) ? cast(leaf, 'float32') : leaf,
  ) as readonly unknown[];
}

/** The same arguments with the elements of floats in reverse, which keeps them in the domain. */
function reversed(args: readonly unknown[]): readonly unknown[] {
  return treeMap(args, (leaf) =>
    isTensor(leaf) && isFloat(leaf.dtype) ? new Tensor(leaf.shape, leaf.dtype, leaf.data.toReversed()) : leaf,
  ) as readonly unknown[];
}

/** One op at one pair of sizes. `turn` chooses the consumer and the op's options. */
export function opCell(name: string, n: number, width: number, turn: number, gradients: boolean): Cell {
  const { row, open, domain, random } = sweptOps.get(name)!;
  const { name: consumer, count, take } = consumers[turn % consumers.length]!;
  const args = narrow(row(seededSampler(turn * 1000 + n * 10 + width, domain), n, width));
  const given = [args, reversed(args)].slice(0, count);
  const tensors = given.map((args) => treeTensors(args));
  return {
    name: `${name} [${n}, ${width}] to ${consumer}`,
    args: tensors.flat(),
    gradients,
    ...(random && { random }),
    open: () => {
      const fn = open();
      return {
        call: (...values) => {
          const queue = [...values];
          const calls = given.map((args, i) =>
            treeTensors(fn(...treeReplace(args, queue.splice(0, tensors[i]!.length)))),
          );
          return calls[0]!.map((_, result) => take(calls.map((results) => results[result]!)));
        },
      };
    },
  };
}

/** All widths at one size of the first axis. */
export function opCells(name: string, n: number): Cell[] {
  return widths.map((width) => opCell(name, n, width, sizes.indexOf(n) + width, true));
}

/** Width 1 for two consumers, and two other widths, with sizes that change from op to op. */
export function fewOpCells(name: string, index: number): Cell[] {
  const moving = (step: number): number => 2 + ((index + step) % (widths.length - 1));
  return [1, moving(0), 1, moving(3)].map((width, i) => {
    const turn = index + i;
    return opCell(name, sizes[(turn * 6) % sizes.length]!, width, turn, turn % 2 === 0);
  });
}
