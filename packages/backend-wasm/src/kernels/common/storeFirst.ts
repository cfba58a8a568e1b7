import { type I32, type Statement, v128, type V128 } from '../../asm/index.ts';
import type { Floats, Lanes } from '../../lanes/lanes.ts';

/** Stores only the first `count` lanes of a vector. */
export function storeFirst(l: Lanes, address: I32, value: Floats, count: number, offset = 0): Statement[] {
  if (count >= l.width) return [l.store(address, value, offset)];
  const lanes = value as V128;
  const pair = count > 1 ? [v128.store64Lane(address, lanes, 0, offset)] : [];
  return count % 2 ? [...pair, v128.store32Lane(address, lanes, count - 1, offset + (count - 1) * 4)] : pair;
}
