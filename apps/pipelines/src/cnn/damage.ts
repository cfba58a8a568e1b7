import { RandomSource, Tensor } from '@chainrule/tensor';

/** Adds normal noise to images in uint8, of a standard deviation in gray values. */
export function addNoise(images: Tensor, deviation: number, seed: number): Tensor {
  return changed(images, (pixels, i) => {
    const random = new RandomSource(seed, 'missing', i);
    for (let at = 0; at < pixels.length; at++)
      pixels[at] = Math.min(255, Math.max(0, Math.round(pixels[at]! + deviation * random.normal())));
  });
}

/** Blackens a square of `side` × `side` pixels at a random place near the middle of each image in uint8. */
export function cutHole(images: Tensor, side: number, seed: number): Tensor {
  const [, height, width, channels] = images.shape;
  return changed(images, (pixels, i) => {
    const random = new RandomSource(seed, 'missing', i);
    const place = (size: number): number => Math.round(size / 4) + random.below(Math.floor(size / 2) - side + 1);
    const [top, left] = [place(height), place(width)];
    for (let row = top; row < top + side; row++)
      pixels.fill(0, (row * width + left) * channels, (row * width + left + side) * channels);
  });
}

/** A copy of images in which each has been changed. */
function changed(images: Tensor, change: (pixels: Uint8Array, i: number) => void): Tensor {
  const bytes = Uint8Array.from(images.data);
  const size = images.size / images.shape[0];
  for (let i = 0; i < images.shape[0]; i++) change(bytes.subarray(i * size, (i + 1) * size), i);
  return new Tensor(images.shape, 'uint8', bytes);
}
