import type { PointList } from './points.ts';

/** The `k` nearest other points of each point, in no order, with their squared distances. */
export interface Neighbors {
  readonly k: number;
  readonly indices: Int32Array;
  readonly distances: Float64Array;
}

/** Coordinates that are added before a sum is compared: most far points need only the first few. */
const block = 8;

/** Finds the nearest neighbors exactly, by comparing all pairs. Yields after each point, so that others can work. */
export function* nearestNeighbors({ count, size, data }: PointList, k: number): Generator<void, Neighbors> {
  const [indices, distances] = [new Int32Array(count * k), new Float64Array(count * k)];
  for (let i = 0; i < count; i++) {
    const from = i * k;
    let filled = 0;
    for (let j = 0; j < count; j++) {
      if (i === j) continue;
      const limit = filled < k ? Infinity : distances[from]!;
      const distance = squaredDistance(data, i * size, j * size, size, limit);
      if (filled < k) rise(indices, distances, from, filled++, j, distance);
      else if (distance < limit) sink(indices, distances, from, k, j, distance);
    }
    yield;
  }
  return { k, indices, distances };
}

/** The squared distance of two points, or a part of it that is above `limit`. */
function squaredDistance(data: Float64Array, a: number, b: number, size: number, limit: number): number {
  let sum = 0;
  for (let d = 0; d < size;) {
    for (const end = Math.min(size, d + block); d < end; d++) {
      const difference = data[a + d]! - data[b + d]!;
      sum += difference * difference;
    }
    if (sum > limit) return sum;
  }
  return sum;
}

/** Adds a neighbor to a heap whose first distance is the largest. */
function rise(ids: Int32Array, keys: Float64Array, from: number, at: number, id: number, key: number): void {
  let place = at;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (keys[from + parent]! >= key) break;
    ids[from + place] = ids[from + parent]!;
    keys[from + place] = keys[from + parent]!;
    place = parent;
  }
  ids[from + place] = id;
  keys[from + place] = key;
}

/** Replaces the farthest neighbor of a heap. */
function sink(ids: Int32Array, keys: Float64Array, from: number, k: number, id: number, key: number): void {
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= k) break;
    if (child + 1 < k && keys[from + child + 1]! > keys[from + child]!) child++;
    if (keys[from + child]! <= key) break;
    ids[from + place] = ids[from + child]!;
    keys[from + place] = keys[from + child]!;
    place = child;
  }
  ids[from + place] = id;
  keys[from + place] = key;
}
