export function normOf(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((squares, v) => squares + v * v, 0));
}

/** The vector divided by its norm; a vector of zeros stays as it is. */
export function toUnit(vector: Float32Array): Float32Array {
  const norm = normOf(vector);
  return norm === 0 ? vector : vector.map((v) => v / norm);
}

/** Normalizes each row of `size` elements. */
export function unitRows(data: Float32Array, size: number): Float32Array {
  const unit = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += size) unit.set(toUnit(data.subarray(at, at + size)), at);
  return unit;
}

export function varianceOf(data: Float32Array): number {
  let [sum, squares] = [0, 0];
  for (const v of data) {
    sum += v;
    squares += v * v;
  }
  return squares / data.length - (sum / data.length) ** 2;
}
