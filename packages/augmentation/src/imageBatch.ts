import type { Tensor } from '@chainrule/tensor';

/** A batch of images, sequences or texts, with masks, boxes and labels that change along. */
export interface ImageBatch {
  /** `[batch, height, width, channels]` for images, `[batch, time, features]` for sequences, `[batch, time]` for texts. */
  readonly images: Tensor;
  /** `[batch, height, width]` or `[batch, height, width, channels]`: a class or a share for each pixel. */
  readonly masks?: Tensor;
  /** `[batch, boxes, 4]`: left, top, right and bottom edge, in pixels from the image's corner. */
  readonly boxes?: Tensor;
  /** `[batch, …]`: shares of classes, or anything else for an image. */
  readonly labels?: Tensor;
}
