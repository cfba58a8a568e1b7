import { CaptureError, DTypeError, ShapeError, showByString, showShape } from '@chainrule/errors';
import { aBoolean, aString, checkOptions } from '@chainrule/errors/check';
import type { Shape } from '../types/tensor.ts';
import type { DType } from '../array/dtype.ts';
import { aTensor } from '../array/checks.ts';
import { sameShape } from '../array/shape.ts';
import { copyMark, type Sizes, Tensor } from '../array/tensor.ts';
import type { VariableLike } from './variableLike.ts';
import { assignVariable, currentCapture, readVariable } from './trace.ts';

/** Options of {@link Variable}. */
export interface VariableOptions {
  /** The name in errors, summaries and files. Default `variable`. */
  readonly name?: string;
  /** Whether optimizers update it. Default `true`. */
  readonly trainable?: boolean;
}

/**
 * A cell whose value changes: a weight, a moving statistic, an optimizer's moment, a learning rate, a counter. Its
 * shape and dtype are fixed. Under capture, reads see the latest assignment, and all assignments commit together after
 * the program's last kernel.
 *
 * @example
 * const w = new Variable(tensor([1, 2]), { name: 'w' });
 * w.assign(mul(w.value, 2));
 * w.value.toArray(); // => 2,4
 */
export class Variable<S extends Shape = Shape, D extends DType = DType> implements VariableLike {
  readonly '~copy': symbol = copyMark;
  readonly name: string;
  readonly shape: Sizes;
  readonly dtype: DType;
  trainable: boolean;
  /** The value outside any capture. */
  declare readonly '~committed': Tensor;
  #value: Tensor | undefined;
  #fetch: (() => Tensor) | undefined;
  #read: (() => Promise<Tensor>) | undefined;
  #version = 0;

  /**
   * @param initial - the first value; it fixes shape and dtype
   * @throws CaptureError inside a capture
   */
  constructor(initial: Tensor<S, D>, options: VariableOptions = {}) {
    aTensor('Variable', 'initial', initial);
    checkOptions('Variable', options, { name: aString, trainable: aBoolean });
    const { name = 'variable', trainable = true } = options;
    const capture = currentCapture();
    if (capture) {
      throw new CaptureError(
        `Variable: \`${name}\` would be created inside a ${capture.scope}; create it before, in the layer's \`build\` or the optimizer's \`init\``,
      );
    }
    this.name = name;
    this.trainable = trainable;
    this.shape = initial.shape;
    this.dtype = initial.dtype;
    this.#value = new Tensor(initial.shape, initial.dtype, initial['~values']);
    // An own property, so that test runners and `deepStrictEqual` compare variables by value.
    Object.defineProperty(this, '~committed', { enumerable: true, get: () => (this.#value ??= this.#fetch!()) });
  }

  /** The current value; under capture, the latest assignment. */
  get value(): Tensor<S, D> {
    return readVariable(this);
  }

  /** Returns the committed value. Waits for it if a device holds it. */
  async read(): Promise<Tensor<S, D>> {
    if (this.#value || !this.#read) return this['~committed'];
    const version = this.#version;
    const value = await this.#read();
    // If a newer value was committed in the meantime, it stays.
    if (version === this.#version) this.#value = value;
    return value;
  }

  /**
   * Replaces the value. The previous tensor does not change.
   *
   * @throws ShapeError, DTypeError if shape or dtype differ
   */
  assign(value: Tensor<S, D>): void {
    aTensor('assign', `value\` of \`${this.name}`, value);
    if (!sameShape(value.shape, this.shape)) {
      throw new ShapeError(
        `assign: \`${this.name}\` has shape ${showShape(this.shape)}, got ${showShape(value.shape)}`,
      );
    }
    if (value.dtype !== this.dtype) {
      throw new DTypeError(`assign: \`${this.name}\` is ${this.dtype}, got ${value.dtype}; convert it with \`cast\``);
    }
    assignVariable(this, value);
  }

  /** Name, and the value's shape, dtype and an excerpt of it; `console.log` shows this. */
  toString(): string {
    return String(this['~committed']).replace(/^Tensor/, `Variable '${this.name}'`);
  }

  /** Increases with every assignment and commit. A backend compares it to see whether its copy is the newest. */
  get version(): number {
    return this.#version;
  }

  /** Replaces the value outside any capture. */
  '~commit'(value: Tensor): void {
    this.#value = value;
    this.#fetch = this.#read = undefined;
    this.#version++;
  }

  /** Called by a backend that holds the newest value. `fetch` and `read` return copies of it. */
  '~reside'(fetch: () => Tensor, read: () => Promise<Tensor>): void {
    this.#value = undefined;
    this.#fetch = fetch;
    this.#read = read;
    this.#version++;
  }

  static {
    showByString(this);
  }
}
