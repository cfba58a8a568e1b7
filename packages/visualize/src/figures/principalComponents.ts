/**
 * Projects points on their first two principal components. Power iteration on the covariance finds each direction; the
 * second is computed after the first is removed.
 *
 * @param points - at least one; all have the same size
 */
export function principalComponents(points: readonly ArrayLike<number>[]): [number, number][] {
  const [count, size] = [points.length, points[0]!.length];
  const rest = new Float64Array(count * size);
  for (let k = 0; k < size; k++) {
    const mean = points.reduce((sum, point) => sum + point[k]!, 0) / count;
    for (let i = 0; i < count; i++) rest[i * size + k] = points[i]![k]! - mean;
  }
  const [first, second] = [0, 1].map(() => {
    const direction = leading(rest, count, size);
    const places = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const place = dot(rest, i * size, direction);
      for (let k = 0; k < size; k++) rest[i * size + k]! -= place * direction[k]!;
      places[i] = place;
    }
    return places;
  });
  return points.map((_, i) => [first![i]!, second![i]!]);
}

/** The unit vector v with the largest Σ (row · v)². */
function leading(rows: Float64Array, count: number, size: number): Float64Array {
  // Start at the longest row, which is rarely orthogonal to the result.
  let direction = new Float64Array(size);
  let longest = 0;
  for (let i = 0; i < count; i++) {
    const row = rows.subarray(i * size, (i + 1) * size);
    const length = dot(row, 0, row);
    if (length > longest) [direction, longest] = [row.slice(), length];
  }
  for (let step = 0; step < 200; step++) {
    const next = new Float64Array(size);
    for (let i = 0; i < count; i++) {
      const along = dot(rows, i * size, direction);
      for (let k = 0; k < size; k++) next[k]! += along * rows[i * size + k]!;
    }
    const norm = Math.sqrt(dot(next, 0, next));
    if (norm === 0) break;
    direction = next.map((v) => v / norm);
  }
  return direction;
}

function dot(rows: Float64Array, from: number, v: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < v.length; k++) sum += rows[from + k]! * v[k]!;
  return sum;
}
