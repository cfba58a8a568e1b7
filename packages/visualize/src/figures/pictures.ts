import { refuse } from '@chainrule/errors/check';
import { isTensor, type Tensor } from '@chainrule/tensor';
import type { Picture } from '../figure.ts';

type Pixels = Omit<Picture, 'caption' | 'marked'>;

/** Checks that a tensor holds images. @returns how many */
export function countImages(op: string, name: string, images: Tensor): number {
  if (isTensor(images) && (images.rank === 3 || (images.rank === 4 && [1, 3, 4].includes(images.shape[3]))))
    return images.shape[0];
  return refuse(
    op,
    name,
    'images [n, height, width] or [n, height, width, channels] with 1, 3 or 4 channels',
    isTensor(images) ? images.shape : images,
  );
}

/**
 * The images of a tensor `[n, height, width]` or `[n, height, width, channels]`. Bytes are taken as they are, other numbers as
 * shares of 255 if all lie between 0 and 1; otherwise the least becomes black and the largest white, unless all are in 0…255.
 */
export function picturesOf(images: Tensor, which: readonly number[]): Pixels[] {
  const [, height, width, channels = 1] = images.shape;
  const size = height * width * channels;
  const values = images.data;
  const byte = images.dtype === 'uint8' ? (v: number) => v : scaled(values);
  return which.map((i) => ({
    width,
    height,
    channels: channels as Pixels['channels'],
    data: Uint8Array.from(values.slice(i * size, (i + 1) * size), byte),
  }));
}

function scaled(values: ArrayLike<number>): (value: number) => number {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isFinite(value)) [least, most] = [Math.min(least, value), Math.max(most, value)];
  }
  const [from, to] = least >= 0 && most <= 1 ? [0, 1] : least >= 0 && most <= 255 ? [0, 255] : [least, most];
  return (value) => Math.round(Math.min(1, Math.max(0, (value - from) / (to - from || 1))) * 255);
}
