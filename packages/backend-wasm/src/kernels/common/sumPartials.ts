import { i32 } from '../../asm/index.ts';
import type { Doubles } from '../../lanes/doubles.ts';
import { type ComputeKernel, kernelParams } from './kernel.ts';
import { unitStart } from './partition.ts';

const unitElements = 8192;

/**
 * Adds `parts` adjacent arrays of `size` floats, in order. The total is a float64, so its error does not grow with the
 * number of arrays. Buffers: parts, result.
 */
export function sumPartialsKernel(parts: number, size: number): ComputeKernel {
  return {
    key: `combine ${parts} ${size}`,
    name: `combine ${parts}x${size}`,
    buffers: 2,
    units: Math.ceil(size / unitElements),
    flops: (parts - 1) * size,
    bytes: 4 * (parts + 1) * size,
    scratch: 0,
    emit: (module, { vector, scalar }) =>
      module.func(kernelParams(2), [], (f, from, to, _scratch, begin, end) => {
        const last = unitStart(f, end, unitElements, size);
        const [at, place, part] = f.locals('i32', 3);
        f.set(at, i32.mul(begin, i32.const(unitElements)));
        for (const l of vector.width === 1 ? [scalar] : [vector, scalar]) {
          const { doubles } = l;
          const sum = doubles.types.map((type) => f.local(type));
          const set = (value: Doubles): void => sum.forEach((local, i) => f.set(local, value[i]!));
          f.for(at, at, i32.and(last, i32.const(-l.width)), l.width, () => {
            f.set(place, i32.add(from, i32.shl(at, i32.const(2))));
            set(doubles.widen(f, l.load(place)));
            f.for(part, 1, parts, 1, () => {
              f.increase(place, size * 4);
              set(doubles.add(sum, doubles.widen(f, l.load(place))));
            });
            f.add(l.store(i32.add(to, i32.shl(at, i32.const(2))), doubles.narrow(sum)));
          });
        }
      }),
  };
}
