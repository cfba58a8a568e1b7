import type { FunctionBuilder, Local } from '../../asm/index.ts';
import type { Lanes } from '../../lanes/lanes.ts';
import type { Target } from './kernel.ts';

/** Runs `body` over `count` elements of 4 bytes: whole vectors first, then single elements. `offset` is in bytes. */
export function eachVector(
  f: FunctionBuilder,
  { vector, scalar }: Target,
  count: number,
  body: (l: Lanes, offset: Local<'i32'>) => void,
): void {
  const offset = f.local('i32');
  const whole = count - (count % vector.width);
  f.for(offset, 0, 4 * whole, 4 * vector.width, () => body(vector, offset));
  if (whole < count) f.for(offset, 4 * whole, 4 * count, 4, () => body(scalar, offset));
}
