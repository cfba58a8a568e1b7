import type { RandomSource } from '@chainrule/tensor';

/**
 * Alias method: draws from a discrete distribution in constant time. Each column of the table holds one outcome below a
 * threshold and another above it (Walker 1974; Vose, "A linear algorithm for generating random numbers with a given
 * distribution", 1991).
 */
export class AliasTable {
  readonly #thresholds: Float64Array;
  readonly #aliases: Int32Array;

  /** @param weights - unnormalized probabilities, at least one of them above 0 */
  constructor(weights: readonly number[]) {
    const n = weights.length;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const share = Float64Array.from(weights, (weight) => (weight / total) * n);
    this.#thresholds = new Float64Array(n).fill(1);
    this.#aliases = Int32Array.from({ length: n }, (_, i) => i);
    const small: number[] = [];
    const large: number[] = [];
    share.forEach((s, i) => (s < 1 ? small : large).push(i));
    while (small.length > 0 && large.length > 0) {
      const [low, high] = [small.pop()!, large.pop()!];
      this.#thresholds[low] = share[low]!;
      this.#aliases[low] = high;
      share[high] = share[high]! - (1 - share[low]!);
      (share[high] < 1 ? small : large).push(high);
    }
  }

  /** Draws the index of an outcome. */
  draw(random: RandomSource): number {
    const at = (random.bits() / 2 ** 32) * this.#thresholds.length;
    const column = Math.floor(at);
    return at - column < this.#thresholds[column]! ? column : this.#aliases[column]!;
  }
}
