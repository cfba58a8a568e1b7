import { channelsOf, palette } from './theme.ts';

/** The range of a color scale. */
export interface ShadeRange {
  readonly from: number;
  readonly to: number;
}

/** The range of some numbers, from 0, or symmetric around 0 where some are negative. NaN and infinities don't count. */
export function shadeRange(values: readonly number[]): ShadeRange {
  const finite = values.filter(Number.isFinite);
  const most = finite.reduce((a, v) => Math.max(a, Math.abs(v)), 0) || 1;
  return { from: finite.some((v) => v < 0) ? -most : 0, to: most };
}

/** The share of the color at the end of the scale; texts on it stay readable. */
const strongest = 0.85 * 255;

/** Red, green, blue and alpha of a number: the more of the color, the farther from 0. NaN is transparent. */
export function shadeOf(value: number, { to }: ShadeRange): readonly [number, number, number, number] {
  if (Number.isNaN(value)) return [0, 0, 0, 0];
  const share = Math.min(1, Math.abs(value) / to);
  return [...channelsOf(palette[value < 0 ? 1 : 0]!), Math.round(share * strongest)];
}
