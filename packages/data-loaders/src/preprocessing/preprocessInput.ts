import { oneOf } from '@chainrule/errors/check';
import { ShapeError, showShape } from '@chainrule/errors';
import { cast, flip, map, scalar as e, tensor, type Tensor } from '@chainrule/tensor';
import { aTensor } from '@chainrule/tensor/graph';

/** How a pretrained model wants its images: see {@link preprocessInput}. */
export type PreprocessMode = 'caffe' | 'tf' | 'torch';

/** Mean and deviation of each channel of ImageNet, for pixels from 0 to 255. */
const channels: Readonly<
  Record<PreprocessMode, { readonly mean: readonly number[]; readonly std: readonly number[] }>
> = {
  caffe: { mean: [103.939, 116.779, 123.68], std: [1, 1, 1] },
  tf: { mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5] },
  torch: { mean: [0.485, 0.456, 0.406].map((v) => 255 * v), std: [0.229, 0.224, 0.225].map((v) => 255 * v) },
};

/**
 * Scales images as pretrained models expect them, as the functions `preprocess_input` of Keras.
 *
 * (x − mean) / deviation of each channel. 'caffe' (VGG, ResNet of Keras) turns RGB into BGR and subtracts 103.939, 116.779 and
 * 123.68. 'tf' (MobileNet, Inception, Xception) gives x / 127.5 − 1. 'torch' (DenseNet, models of torchvision) divides by 255,
 * subtracts 0.485, 0.456 and 0.406, and divides by 0.229, 0.224 and 0.225.
 *
 * @param images - `[…, 3]`, RGB from 0 to 255, of any dtype
 * @returns float32 of the same shape
 * @throws ShapeError for images without three channels; OptionError for an unknown mode
 * @example
 * preprocessInput(tensor([[0, 127.5, 255]]), 'tf').toArray(); // => -1,0,1
 */
export function preprocessInput(images: Tensor, mode: PreprocessMode): Tensor {
  aTensor('preprocessInput', 'images', images);
  oneOf(...Object.keys(channels))('preprocessInput', 'mode', mode);
  if (images.shape.at(-1) !== 3)
    throw new ShapeError(`preprocessInput: \`images\` must have 3 channels last, got ${showShape(images.shape)}`);
  const x = cast(images, 'float32');
  const { mean, std } = channels[mode];
  return map(
    (v, m, s) => e.div(e.sub(v, m), s),
    [mode === 'caffe' ? flip(x, -1) : x, tensor([...mean]), tensor([...std])],
  );
}
