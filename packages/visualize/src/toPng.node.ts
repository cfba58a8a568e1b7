import { aFunction, type Checks, numberThat, oneOf, refuse } from '@chainrule/errors/check';
import { checkedFigure, drawChecks, type DrawOptions } from './drawOptions.ts';
import type { Figure } from './figure.ts';
import { svgOf } from './toSvg.node.ts';

/** The part of the package sharp that is used. */
export type Sharp = (
  svg: Uint8Array,
  options: { readonly density: number },
) => { png(): { toBuffer(): Promise<Uint8Array> } };

/** Options of {@link toPng}. */
export interface PngOptions extends Pick<DrawOptions, 'width'> {
  /** The function that the package sharp exports. */
  readonly sharp: Sharp;
  /** Colors, by default `light`. */
  readonly theme?: 'light' | 'dark';
  /** Pixels of the picture for a pixel of `width`, by default 2, for sharp texts. */
  readonly scale?: number;
}

const pngChecks: Checks<PngOptions> = {
  sharp: aFunction,
  width: drawChecks.width,
  theme: oneOf('light', 'dark'),
  scale: numberThat('from 0.1 to 10', (value) => value >= 0.1 && value <= 10),
};

/**
 * Draws a figure as the bytes of a PNG file by the package sharp. Needs fonts on the machine.
 *
 * @throws OptionError without `sharp`
 * @example
 * import { writeFile } from 'node:fs/promises';
 * // `sharp` comes from `import sharp from 'sharp'`.
 * const save = async (figure: Figure, sharp: Sharp) => writeFile('figure.png', await toPng(figure, { sharp }));
 */
export async function toPng(figure: Figure, options: PngOptions): Promise<Uint8Array> {
  const shown = checkedFigure('toPng', figure, options, pngChecks, 'sharp');
  const { sharp, theme = 'light', width, scale = 2 } = options;
  const svg = svgOf(shown, { theme, ...(width !== undefined && { width }) });
  const image = sharp(new TextEncoder().encode(svg), { density: 72 * scale }) as Partial<ReturnType<Sharp>>;
  if (typeof image.png !== 'function')
    return refuse('toPng', 'sharp', 'the function of the package sharp', sharp, "import sharp from 'sharp'");
  return new Uint8Array(await image.png().toBuffer());
}
