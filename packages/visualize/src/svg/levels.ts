import type { Heights, SurfaceFigure } from '../figure.ts';

/** The heights at which contours lie, from the least to the greatest height. */
export interface Levels {
  readonly from: number;
  readonly to: number;
  readonly isLog: boolean;
  readonly at: readonly number[];
}

/** The approximate number of contours. */
const count = 12;

/** Levels at round numbers: 1, 2 or 5 times a power of 10 apart, or these numbers themselves where levels are logarithmic. */
export function levelsOf({ values }: Heights, scale: SurfaceFigure['levels'] = 'linear'): Levels {
  const isLog = scale === 'log';
  const drawn = values.flat().filter((value) => Number.isFinite(value) && (!isLog || value > 0));
  const [least, to] = [
    drawn.reduce((a, b) => Math.min(a, b), Infinity),
    drawn.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  if (drawn.length === 0) return { from: isLog ? 1 : 0, to: isLog ? 10 : 1, isLog, at: [] };
  if (least === to) {
    const room = Math.abs(to) / 2 || 1;
    return { from: to - room, to: to + room, isLog, at: [] };
  }
  const from = isLog ? Math.max(least, to * 1e-10) : least;
  const decades = isLog ? Math.log10(to / from) : 0;
  return { from, to, isLog, at: decades >= 1 ? decadeLevels(from, to, decades) : evenLevels(from, to) };
}

function evenLevels(from: number, to: number): number[] {
  const least = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10) * power;
  const first = Math.floor(from / step) + 1;
  return Array.from({ length: Math.max(0, Math.ceil(to / step) - first) }, (_, i) => (first + i) * step);
}

function decadeLevels(from: number, to: number, decades: number): number[] {
  const factors = decades > count / 2 ? [1] : decades > count / 3 ? [1, 3] : [1, 2, 5];
  const [first, last] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))];
  const all = Array.from({ length: last - first + 1 }, (_, i) =>
    factors.map((factor) => Number(`${factor}e${first + i}`)),
  );
  return all.flat().filter((level) => level > from && level < to);
}
