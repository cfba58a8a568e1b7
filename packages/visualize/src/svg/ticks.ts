interface WholeTicks {
  readonly ticks: readonly number[];
  readonly tickFormat: string;
}

/** Ticks at whole numbers, where all numbers are whole: nobody reads epoch 1.5. */
export function wholeTicks(values: readonly number[], width: number): WholeTicks | undefined {
  if (values.length === 0 || !values.every(Number.isInteger)) return undefined;
  const [from, to] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const step = wholeStep((to - from) / Math.max(1, Math.floor(width / 80)));
  const first = Math.ceil(from / step) * step;
  const ticks = Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, i) => first + i * step);
  return { ticks, tickFormat: ',d' };
}

/** The least of 1, 2, 5, 10, 20, … that is at least `least`. */
export function wholeStep(least: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, least))));
  return ([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10) * power;
}

/** The domain around numbers that are all the same: Plot would write them with many decimals. */
export function single(values: readonly number[]): { readonly domain?: readonly [number, number] } {
  const value = values[0];
  if (value === undefined || values.some((other) => other !== value)) return {};
  const room = Math.abs(value) / 2 || 1;
  return { domain: [value - room, value + room] };
}

/** A number with three digits, as in 0.01 and 1e-7. Plot would write 10m and 100n. */
export function shortNumber(value: number): string {
  if (value !== 0 && Math.abs(value) < 1e-3) return value.toExponential(2).replace(/\.?0+e/, 'e');
  return String(Number(value.toPrecision(3)));
}
