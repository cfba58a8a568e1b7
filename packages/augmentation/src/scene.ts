import { type FloatDType, reshape, type RowGenerator, type Tensor } from '@chainrule/tensor';
import { identity, type Matrix, product, selected } from './matrix.ts';
import type { ImageBatch } from './imageBatch.ts';
import { type Offsets, type Pending, sampleFields } from './sampleFields.ts';
import { sameSampling, type Sampling } from './sampling.ts';
import { chosen, columns } from './values.ts';

/** Images on their way through augmentations. Scenes never change; each step returns another. */
export class Scene {
  readonly fields: ImageBatch;
  readonly rows: RowGenerator;
  /** True if the images were uint8, with values from 0 to 255. */
  readonly bytes: boolean;
  readonly pending: Pending | undefined;
  #sampled: Scene | undefined;

  constructor(fields: ImageBatch, rows: RowGenerator, bytes: boolean, pending?: Pending) {
    this.fields = fields;
    this.rows = rows;
    this.bytes = bytes;
    this.pending = pending;
  }

  get batch(): number {
    return this.rows.size;
  }

  get dtype(): FloatDType {
    return this.fields.images.dtype === 'float64' ? 'float64' : 'float32';
  }

  /** Height and width after the pending changes. */
  get size(): readonly [number, number] {
    const [, height, width] = this.fields.images.shape as readonly [number, number, number];
    return this.pending?.size ?? [height, width];
  }

  /** Uniforms in [0, 1), the same for an image whatever its batch: `[batch, ...shape]`. */
  draw(shape: readonly number[]): Tensor {
    return this.rows.draw(shape, this.dtype);
  }

  /** `count` uniforms for each image, `[batch, 1, 1]` with `rank` axes. */
  draws(count: number, rank = 3): Tensor[] {
    return columns(this.draw([count]), rank);
  }

  /** Samples pending changes, then replaces some fields. */
  with(fields: Partial<ImageBatch>): Scene {
    const { fields: old, rows, bytes } = this.sampled();
    return new Scene({ ...old, ...fields }, rows, bytes);
  }

  /** Adds a geometric change. Samples first if pending changes have other sampling options. */
  warped(matrix: Matrix, sampling?: Sampling, size?: readonly [number, number]): Scene {
    const { pending } = this;
    const agrees = !pending?.sampling || !sampling || sameSampling(pending.sampling, sampling);
    if (!agrees) return this.sampled().warped(matrix, sampling, size);
    return new Scene(this.fields, this.rows, this.bytes, {
      matrix: pending ? product(pending.matrix, matrix) : matrix,
      size: size ?? this.size,
      sampling: pending?.sampling ?? sampling,
    });
  }

  /** Adds offsets to the places that pixels show, and samples them together with pending changes. */
  bent(offsets: Offsets, sampling: Sampling): Scene {
    const ready = this.pending?.sampling && !sameSampling(this.pending.sampling, sampling) ? this.sampled() : this;
    const fields = sampleFields(ready.fields, { ...pendingOf(ready), sampling }, offsets);
    return new Scene(fields, this.rows, this.bytes);
  }

  /** The scene without pending changes. */
  sampled(): Scene {
    if (!this.pending) return this;
    this.#sampled ??= new Scene(sampleFields(this.fields, this.pending), this.rows, this.bytes);
    return this.#sampled;
  }

  /** Takes `other` for the images for which `condition` `[batch]` holds, and this scene for the rest. */
  orElse(condition: Tensor, other: Scene): Scene {
    if (other === this) return this;
    const blended = this.#blendedMatrices(condition, other);
    if (blended) return blended;
    const [a, b] = [this.sampled(), other.sampled()];
    const pairs = Object.entries(a.fields) as [keyof ImageBatch, Tensor][];
    const fields = Object.fromEntries(
      pairs.map(([name, value]) => [name, chosen(condition, b.fields[name]!, value)]),
    ) as unknown as ImageBatch;
    return new Scene(fields, this.rows, this.bytes);
  }

  /** Chooses a matrix for each image, if the scenes differ in their pending changes only. */
  #blendedMatrices(condition: Tensor, other: Scene): Scene | undefined {
    if (this.fields !== other.fields || this.size.join() !== other.size.join()) return undefined;
    const [a, b] = [pendingOf(this), pendingOf(other)];
    if (a.sampling && b.sampling && !sameSampling(a.sampling, b.sampling)) return undefined;
    return new Scene(this.fields, this.rows, this.bytes, {
      matrix: selected(reshape(condition, [this.batch, 1, 1]), b.matrix, a.matrix, this.dtype),
      size: a.size,
      sampling: a.sampling ?? b.sampling,
    });
  }
}

function pendingOf({ pending, size }: Scene): Pending {
  return pending ?? { matrix: identity, size, sampling: undefined };
}
