import { type Check, checkOptions, checkThat } from '@chainrule/errors/check';
import { map, scalar as e, type Tensor } from '@chainrule/tensor';
import type { Scene } from './scene.ts';

/** Options of augmentations that change the values of pixels. */
export interface PixelOptions {
  /** The least and the greatest value of a pixel. Default [0, 255] for uint8, [0, 1] for floats. */
  readonly valueRange?: readonly [number, number];
}

/** Checks the range of values. */
export const aRange: Check = /* @__PURE__ */ checkThat(
  'two rising finite numbers [least, greatest]',
  (value) =>
    Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && Number(value[0]) < Number(value[1]),
);

/** Checks {@link PixelOptions}. */
export function pixelChecks(op: string, options: PixelOptions): void {
  checkOptions<PixelOptions>(op, options, { valueRange: aRange });
}

/** The range of the pixels' values. */
export function valueRangeOf(scene: Scene, { valueRange }: PixelOptions): readonly [number, number] {
  return valueRange ?? [0, scene.bytes ? 255 : 1];
}

/** Changes the pixels, and clips them to their range. */
export function changePixels(
  scene: Scene,
  options: PixelOptions,
  change: (images: Tensor, range: readonly [number, number]) => Tensor,
): Scene {
  const range = valueRangeOf(scene, options);
  const images = change(scene.sampled().fields.images, range);
  return scene.with({ images: map((x) => e.max(range[0], e.min(x, range[1])), [images]) });
}
