/**
 * Projects points on their first two principal components. Power iteration on the covariance finds each direction; the
 * second is computed after the first is removed.
 *
 * @param points - at least one; all have the same size
 */
export function principalComponents(points: readonly ArrayLike<number>[]): [number, number][] {
  const size = points[0]!.length;
  const means = Array.from(
    { length: size },
    (_, k) => points.reduce((sum, point) => sum + point[k]!, 0) / points.length,
  );
  const rest = points.map((point) => Float64Array.from(point, (v, k) => v - means[k]!));
  const [first, second] = [0, 1].map(() => {
    const direction = leading(rest);
    const places = rest.map((row) => dot(row, direction));
    rest.forEach((row, i) => row.forEach((v, k) => (row[k] = v - places[i]! * direction[k]!)));
    return places;
  });
  return points.map((_, i) => [first![i]!, second![i]!]);
}

/** The unit vector v with the largest Σ (row · v)². */
function leading(rows: readonly Float64Array[]): Float64Array {
  // Start at the longest row, which is rarely orthogonal to the result.
  let direction = rows.reduce((longest, row) => (dot(row, row) > dot(longest, longest) ? row : longest));
  for (let step = 0; step < 200; step++) {
    const next = new Float64Array(direction.length);
    for (const row of rows) {
      const along = dot(row, direction);
      row.forEach((v, k) => (next[k]! += along * v));
    }
    const norm = Math.sqrt(dot(next, next));
    if (norm === 0) break;
    direction = next.map((v) => v / norm);
  }
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, v, k) => sum + v * b[k]!, 0);
}
