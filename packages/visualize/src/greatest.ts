/** The greatest value, or `least` if all are less. `Math.max(...values)` would overflow the stack for a long list. */
export function greatest(values: readonly number[], least = 0): number {
  return values.reduce((most, value) => Math.max(most, value), least);
}
