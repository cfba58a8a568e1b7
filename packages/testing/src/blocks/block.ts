import type { AnyTrainer, TrainingData } from '@chainrule/model';
import { add, Generator, mul, randomNormal, type Tensor, tensor } from '@chainrule/tensor';

/** A small model that is ready to train, and a few samples. */
export interface Block {
  readonly trainer: AnyTrainer;
  readonly data: TrainingData;
  /** Default 10. */
  readonly epochs?: number;
}

/** Images of a bright row (label 0) or column (label 1) at a random place, with noise: `[count, size, size, 1]`. */
export function stripes(count: number, size = 8): { readonly x: Tensor; readonly y: Tensor } {
  const pixels = new Float32Array(count * size * size);
  const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
  for (let i = 0; i < count; i++) {
    const at = (5 * i) % size;
    for (let k = 0; k < size; k++) pixels[i * size * size + (labels[i] === 0 ? at * size + k : k * size + at)] = 1;
  }
  const x = tensor(pixels, [count, size, size, 1]);
  return { x: add(x, mul(randomNormal(new Generator(3), x.shape), 0.1)), y: tensor(labels, [count], 'int32') };
}
