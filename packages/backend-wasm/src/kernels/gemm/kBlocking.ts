import { type FunctionBuilder, i32, type ModuleBuilder } from '../../asm/index.ts';
import { evenly, mostSums } from '../common/partition.ts';
import type { Target } from '../common/kernel.ts';
import { type Product, product, type ProductArgs, productArgs } from './macrokernel.ts';

/** Depth of a block, whose product is a sum of its own. */
const blockDepth = 512;

/** Into how many parts of at most {@link mostSums} blocks the depth of a product is cut. */
export function depthPartsOf(depth: number): number {
  return Math.ceil(Math.ceil(depth / blockDepth) / mostSums);
}

/**
 * A product of any depth in blocks, each added to the ones before of its part. The results of the parts lie `partBytes`
 * apart; whoever asks for several adds them up.
 */
export function multiplyDeep(
  f: FunctionBuilder,
  module: ModuleBuilder,
  target: Target,
  p: Product,
  args: ProductArgs,
  partBytes = 0,
): void {
  const { size } = evenly(p.depth, blockDepth);
  const perPart = partBytes > 0 ? mostSums * size : p.depth;
  for (let k = 0; k < p.depth; k += size) {
    const [a, b] = [i32.add(args.a, i32.const(k * p.a.step)), i32.add(args.b, i32.const(k * p.b.row))];
    const c = i32.add(args.c, i32.const(Math.floor(k / perPart) * partBytes));
    f.call(
      product(module, target, { ...p, depth: Math.min(size, p.depth - k) }),
      productArgs({ ...args, a, b, c, add: k % perPart > 0 ? i32.const(1) : args.add }),
    );
  }
}
