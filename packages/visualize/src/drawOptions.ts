import { checkOptions, type Checks, integerFrom, oneOf } from '@chainrule/errors/check';
import { aFigure } from './checkFigure.ts';
import type { Figure } from './figure.ts';
import { printable } from './printable.ts';
import type { Theme } from './svg/theme.ts';

/** Options of `toSvg` and `toElement`. */
export interface DrawOptions {
  /** Colors: `auto` (the default) takes the text color of the page and leaves the background open; `light` and `dark` bring their own. */
  readonly theme?: Theme;
  /** The width in pixels, by default 720. Figures with less content are narrower. */
  readonly width?: number;
}

export const drawChecks: Checks<DrawOptions> = { theme: oneOf('auto', 'light', 'dark'), width: integerFrom(120) };

/** Checks the arguments of an output, and returns the figure with texts that every output can show. */
export function checkedFigure<O extends object>(
  op: string,
  figure: Figure,
  options: O,
  checks: Checks<O>,
  ...required: (keyof O & string)[]
): Figure {
  aFigure(op, 'figure', figure);
  checkOptions(op, options, checks, ...required);
  return printable(figure);
}
