import { integerFrom } from '@chainrule/errors/check';
import type { DType } from '../../array/dtype.ts';
import { checkShape, sizeOf } from '../../array/shape.ts';
import { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import { advanceCounter, nextDraw } from '../../nodes/draws.ts';
import { randomNode } from '../../nodes/random.ts';
import { reshapeNode, sliceNode } from '../../nodes/view.ts';
import type { Generator } from './generator.ts';
import { aGenerator } from './randomArguments.ts';

/** Random numbers for the rows of a batch; {@link drawRows} makes it. */
export class RowGenerator {
  readonly #key: Tensor;
  readonly #numbers: Tensor;
  #draws = 0;

  /** @param numbers - the number of each row, int32 `[rows]` */
  constructor(key: Tensor, numbers: Tensor) {
    this.#key = key;
    this.#numbers = numbers;
  }

  /** The number of rows. */
  get size(): number {
    return this.#numbers.size;
  }

  /**
   * One draw for each row: raw bits (int32) or uniforms in [0, 1) with 24 bits (float32, float64).
   *
   * @param shape - of the draw of a row
   * @returns `[rows, ...shape]`
   */
  draw(shape: readonly number[], dtype: DType): Tensor {
    checkShape('draw', shape);
    const [rows, size] = [this.size, sizeOf(shape)];
    const blocks = Math.ceil(size / 4);
    const counters = reshapeNode(rowCounters(this.#numbers, blocks, this.#draws++), [rows * blocks, 4]);
    const words = reshapeNode(randomNode(this.#key, counters, [4 * rows * blocks], dtype), [rows, 4 * blocks]);
    return reshapeNode(sliceNode(words, [0, 0], [rows, size]), [rows, ...shape]);
  }
}

/**
 * Returns random numbers for the next `n` rows, such as the images of a batch. Each row has a number, which the generator's counter
 * gives. The numbers of a row depend on this number and on the draws before, never on the size of its batch: two batches of
 * 32 rows get the numbers of one batch of 64. The counter advances by `n`.
 *
 * @throws OptionError if `n` is not an integer of at least 0
 * @example
 * const [two, one] = [new Generator(1), new Generator(1)];
 * const both = drawRows(two, 2).draw([3], 'int32').toArray();
 * const each = [0, 1].map(() => drawRows(one, 1).draw([3], 'int32').toArray()[0]);
 * both.join() === each.join(); // => true
 */
export function drawRows(rng: Generator, n: number): RowGenerator {
  aGenerator('drawRows', 'rng', rng);
  fromZero('drawRows', 'n', n);
  const places = new Tensor(
    [n],
    'int32',
    Int32Array.from({ length: n }, (_, i) => i),
  );
  const numbers = map((start, i) => e.add(start, i), [nextDraw(rng.counter), places]);
  const rows = new RowGenerator(rng['~currentKey'](), numbers);
  advanceCounter(rng.counter, n);
  return rows;
}

const fromZero = /* @__PURE__ */ integerFrom(0);

/** The purpose of a draw for rows; see `purposes` in `generator.ts`. */
const rowPurpose = 3;

/** Philox's counters `[rows, blocks, 4]`: the block, the purpose, the row's number, the draw. */
function rowCounters(numbers: Tensor, blocks: number, draw: number): Tensor {
  const block = new Tensor(
    [blocks, 1],
    'int32',
    Int32Array.from({ length: blocks }, (_, i) => i),
  );
  const words = (...values: number[]): Tensor => new Tensor([4], 'int32', Int32Array.from(values));
  return map(
    (b, n, isBlock, isNumber, rest) => e.add(e.add(e.mul(b, isBlock), e.mul(n, isNumber)), rest),
    [
      block,
      reshapeNode(numbers, [numbers.size, 1, 1]),
      words(1, 0, 0, 0),
      words(0, 0, 1, 0),
      words(0, rowPurpose, 0, draw),
    ],
  );
}
