import type { Tensor } from '@chainrule/tensor';

/** What an augmentation changes: a batch of images, sequences or texts, and what belongs to them. */
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
