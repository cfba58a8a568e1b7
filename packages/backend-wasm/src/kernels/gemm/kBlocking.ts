import { type FunctionBuilder, i32, type ModuleBuilder } from '../../asm/index.ts';
import { evenly } from '../common/partition.ts';
import type { Target } from '../common/kernel.ts';
import { type Product, product, type ProductArgs, productArgs } from './macrokernel.ts';

/** A product of any depth in blocks of at most `depth`, each added to the ones before. */
export function multiplyDeep(
  f: FunctionBuilder,
  module: ModuleBuilder,
  target: Target,
  p: Product,
  args: ProductArgs,
  depth = 512,
): void {
  const { size } = evenly(p.depth, depth);
  for (let k = 0; k < p.depth; k += size) {
    const [a, b] = [i32.add(args.a, i32.const(k * p.a.step)), i32.add(args.b, i32.const(k * p.b.row))];
    f.call(
      product(module, target, { ...p, depth: Math.min(size, p.depth - k) }),
      productArgs({ ...args, a, b, add: k > 0 ? i32.const(1) : args.add }),
    );
  }
}
