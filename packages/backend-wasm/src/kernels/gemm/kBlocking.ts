import { type FunctionBuilder, i32, type ModuleBuilder } from '../../asm/index.ts';
import type { Target } from '../common/kernel.ts';
import { maxFloatAdditions, partition } from '../common/partition.ts';
import { type Macrokernel, emitMacrokernel, type MacrokernelArgs, macrokernelArgs } from './macrokernel.ts';

/** The most depth of a block, whose products are summed before they are added to C. */
const maxBlockDepth = 512;

/** The number of K-splits, each of at most {@link maxFloatAdditions} blocks. */
export function kSplitsOf(depth: number): number {
  return Math.ceil(Math.ceil(depth / maxBlockDepth) / maxFloatAdditions);
}

/**
 * A product of any depth, in K-blocks that are added to C one after the other. With `splitBytes`, each K-split has a result
 * of its own at this distance from the one before, and the caller adds them.
 */
export function multiplyInKBlocks(
  f: FunctionBuilder,
  module: ModuleBuilder,
  target: Target,
  p: Macrokernel,
  args: MacrokernelArgs,
  splitBytes = 0,
): void {
  const { size } = partition(p.depth, maxBlockDepth);
  const splitDepth = splitBytes > 0 ? maxFloatAdditions * size : p.depth;
  for (let k = 0; k < p.depth; k += size) {
    const [a, b] = [i32.add(args.a, i32.const(k * p.a.step)), i32.add(args.b, i32.const(k * p.b.row))];
    const c = i32.add(args.c, i32.const(Math.floor(k / splitDepth) * splitBytes));
    f.call(
      emitMacrokernel(module, target, { ...p, depth: Math.min(size, p.depth - k) }),
      macrokernelArgs({ ...args, a, b, c, add: k % splitDepth > 0 ? i32.const(1) : args.add }),
    );
  }
}
