import { aString } from '@chainrule/errors/check';
import type { DType } from '../../array/dtype.ts';
import { Tensor } from '../../array/tensor.ts';
import { Variable } from '../../graph/variable.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import { randomNode } from '../../nodes/random.ts';
import { aSeed } from '../../random/randomSource.ts';
import { advanceCounter, enclosingSteps, nextDraw } from '../../nodes/draws.ts';

/** What a block is for; 3 is for rows, in `rowGenerator.ts`. */
const purposes = { draw: 0, stream: 1, step: 2 } as const;

/**
 * A counter-based random number generator. The n-th draw of a key is the same everywhere: eager or compiled, on any
 * backend, with any number of threads. Its state is two variables, which checkpoints save.
 *
 * A draw of any shape reads the counter and advances it by one. After 2³² draws the counter starts again. Inside a
 * scan, every step draws from its own key.
 *
 * @example
 * const rng = new Generator(1);
 * randomUniform(rng, [2]).shape; // => 2
 * rng.counter.value.item(); // => 1
 */
export class Generator {
  readonly key: Variable;
  readonly counter: Variable;
  readonly #path: readonly string[];

  /**
   * @param seed - an integer; the same seed gives the same numbers
   * @throws OptionError for a seed that is not an integer
   */
  constructor(seed: number | Generator, path: readonly string[] = []) {
    this.#path = path;
    if (seed instanceof Generator) {
      this.key = seed.key;
      this.counter = seed.counter;
      return;
    }
    aSeed('Generator', 'seed', seed);
    const words = Int32Array.of(seed, Math.floor(seed / 2 ** 32));
    this.key = new Variable(new Tensor([2], 'int32', words), { name: 'rng/key', trainable: false });
    this.counter = new Variable(new Tensor([], 'int32', Int32Array.of(0)), { name: 'rng/counter', trainable: false });
  }

  /**
   * An independent generator for `path`, such as the path of a layer. It shares the counter and creates no variable.
   */
  stream(path: string): Generator {
    aString('stream', 'path', path);
    return new Generator(this, [...this.#path, path]);
  }

  /** One draw: raw bits (int32) or uniforms in [0, 1) with 24 bits (float32, float64). */
  draw(shape: readonly number[], dtype: DType): Tensor {
    const result = randomNode(this['~currentKey'](), counterWords(purposes.draw, nextDraw(this.counter)), shape, dtype);
    advanceCounter(this.counter, 1);
    return result;
  }

  /** The key of the stream, at the step of the enclosing scans. */
  '~currentKey'(): Tensor {
    let key: Tensor = this.key.value;
    for (const part of this.#path)
      key = foldIn(key, purposes.stream, new Tensor([], 'int32', Int32Array.of(hash(part))));
    for (const step of enclosingSteps()) key = foldIn(key, purposes.step, step);
    return key;
  }
}

/** Words 1 to 3 of Philox's counter: the purpose of the draw, its number, 0. */
function counterWords(purpose: number, index: Tensor): Tensor {
  const place = new Tensor([3], 'int32', Int32Array.of(0, 1, 0));
  const base = new Tensor([3], 'int32', Int32Array.of(purpose, 0, 0));
  return map((i, p, b) => e.add(e.mul(i, p), b), [index, place, base]);
}

/** Derives a key from `key` and one word. */
function foldIn(key: Tensor, purpose: number, word: Tensor): Tensor {
  return randomNode(key, counterWords(purpose, word), [2], 'int32');
}

/** FNV-1a over UTF-16 code units (Fowler, Noll, Vo). */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}
