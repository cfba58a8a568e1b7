/** Points of the same size, one after the other. */
export interface PointList {
  readonly count: number;
  readonly size: number;
  readonly data: Float64Array;
}

/** Rows of numbers as one list. */
export function pointList(rows: readonly (readonly number[])[]): PointList {
  const size = rows[0]?.length ?? 0;
  const data = new Float64Array(rows.length * size);
  rows.forEach((row, i) => data.set(row, i * size));
  return { count: rows.length, size, data };
}
