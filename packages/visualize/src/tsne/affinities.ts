import type { Neighbors } from './neighbors.ts';

/** A sparse symmetric matrix, row by row: the entries of row i are `starts[i]` to `starts[i + 1]`. */
export interface Affinities {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  /** They add up to 1. */
  readonly values: Float64Array;
}

/** p(i, j) = (p(j | i) + p(i | j)) / 2n, with p(j | i) ∝ exp(−βᵢ d²(i, j)) over the neighbors j of i. */
export function affinitiesOf(neighbors: Neighbors, perplexity: number): Affinities {
  const { k, indices } = neighbors;
  const count = indices.length / Math.max(1, k);
  const weights = new Float64Array(count * k);
  for (let i = 0; i < count; i++) fillWeights(weights, neighbors.distances, i * k, k, Math.log(perplexity));
  const incoming = transposed(indices, count, k);
  const starts = new Int32Array(count + 1);
  const [columns, values] = [new Int32Array(2 * count * k), new Float64Array(2 * count * k)];
  /** Where the row has an entry of a column, if it is not before the start of the row. */
  const places = new Int32Array(count).fill(-1);
  let end = 0;
  for (let i = 0; i < count; i++) {
    const start = end;
    const add = (column: number, weight: number): void => {
      if (places[column]! < start) {
        places[column] = end;
        columns[end++] = column;
      }
      values[places[column]!]! += weight / (2 * count);
    };
    for (let e = i * k; e < (i + 1) * k; e++) add(indices[e]!, weights[e]!);
    for (let e = incoming.starts[i]!; e < incoming.starts[i + 1]!; e++)
      add(Math.floor(incoming.edges[e]! / k), weights[incoming.edges[e]!]!);
    starts[i + 1] = end;
  }
  return { starts, columns: columns.slice(0, end), values: values.slice(0, end) };
}

/** The edges that lead to each point. */
function transposed(indices: Int32Array, count: number, k: number): { starts: Int32Array; edges: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (const j of indices) starts[j + 1]! += 1;
  for (let i = 0; i < count; i++) starts[i + 1]! += starts[i]!;
  const next = starts.slice();
  const edges = new Int32Array(count * k);
  for (let e = 0; e < indices.length; e++) edges[next[indices[e]!]!++] = e;
  return { starts, edges };
}

/** Bisection on β until the entropy of a row is that of the perplexity. */
function fillWeights(weights: Float64Array, distances: Float64Array, from: number, k: number, entropy: number): void {
  let least = Infinity;
  for (let e = from; e < from + k; e++) least = Math.min(least, distances[e]!);
  let [low, high, beta] = [0, Infinity, 1];
  for (let step = 0; step < 100; step++) {
    let [sum, moment] = [0, 0];
    for (let e = from; e < from + k; e++) {
      const distance = distances[e]! - least;
      const weight = Math.exp(-beta * distance);
      weights[e] = weight;
      sum += weight;
      moment += weight * distance;
    }
    // H = −Σ p log p, with p = w / sum and log w = −β d².
    const difference = Math.log(sum) + (beta * moment) / sum - entropy;
    for (let e = from; e < from + k; e++) weights[e]! /= sum;
    if (Math.abs(difference) < 1e-5) return;
    if (difference > 0) [low, beta] = [beta, high === Infinity ? beta * 2 : (beta + high) / 2];
    else [high, beta] = [beta, (beta + low) / 2];
  }
}
