import { ShapeError, showShape } from '@chainrule/errors';
import { aFiniteNumber, type Checks } from '@chainrule/errors/check';
import { eye, type FloatDType, type Generator, mul, randomUniform, Tensor } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';
import { configurable, type ConfigurableInitializer } from './initializers.ts';

/** Options of {@link orthogonal} and {@link identityInitializer}. */
export interface GainOptions {
  /** Factor of the matrix. Default 1. */
  readonly gain?: number;
}

const gainChecks: Checks<GainOptions> = { gain: aFiniteNumber };

/**
 * A random orthogonal matrix times a gain; rectangular matrices have orthonormal rows or columns, whichever are fewer. A
 * recurrent layer with such a kernel preserves the norm of its state (Saxe, McClelland, Ganguli 2014).
 *
 * The matrix is the end of a random walk on rotations (Kac 1956). Each of about log₂ n + 14 rounds pairs the n coordinates at
 * random, and rotates or reflects each pair. The distribution is close to uniform: the fourth moment of the elements is
 * within 2% of that of a normal variable. Time grows as the size of the matrix times log n, in place of times n for a QR
 * decomposition. Values are the same on every backend.
 *
 * @example
 * orthogonal.make([4, 4], { rng: new Generator(1), dtype: 'float32' }).shape; // => 4,4
 * orthogonal({ gain: 2 }).name; // => orthogonal
 */
export const orthogonal: ConfigurableInitializer<GainOptions> = /* @__PURE__ */ configurable(
  'orthogonal',
  ({ gain = 1 }, shape, { rng, dtype }) => {
    const columns = shape.at(-1) ?? 1;
    const rows = sizeOf(shape) / Math.max(1, columns);
    const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
    const vectors = orthonormal(rng, count, length, dtype);
    if (rows >= columns)
      return new Tensor(
        shape,
        dtype,
        vectors.map((v) => gain * v),
      );
    const out = vectors.slice();
    for (let i = 0; i < count; i++)
      for (let k = 0; k < length; k++) out[i * length + k] = gain * vectors[k * count + i]!;
    return new Tensor(shape, dtype, out);
  },
  gainChecks,
);

/**
 * The identity matrix times a gain.
 *
 * @throws ShapeError for a shape that does not have rank 2
 * @example
 * identityInitializer({ gain: 2 }).make([2, 2], { rng: new Generator(1), dtype: 'float32' }).toArray(); // => 2,0,0,2
 */
export const identityInitializer: ConfigurableInitializer<GainOptions> = /* @__PURE__ */ configurable(
  'identity',
  ({ gain = 1 }, shape, { dtype }) => {
    if (shape.length !== 2) throw new ShapeError(`identity: expects rank 2, got ${showShape(shape)}`);
    return mul(eye(shape[0]!, shape[1], 0, dtype), gain);
  },
  gainChecks,
);

/** Rounds with random angles, after the first rounds. Each divides the error of the fourth moment by four. */
const lastRounds = 14;

/** `count` orthonormal vectors of `length` elements, as the columns of `[length, count]`. */
function orthonormal(rng: Generator, count: number, length: number, dtype: FloatDType): Float32Array | Float64Array {
  const v = dtype === 'float64' ? new Float64Array(length * count) : new Float32Array(length * count);
  for (let i = 0; i < count; i++) v[i * count + i] = 1;
  // The first rounds rotate by 45°. Each doubles the support of a unit vector, until it covers all coordinates.
  const firstRounds = Math.ceil(Math.log2(Math.max(2, length)));
  const rounds = firstRounds + lastRounds;
  const draws = randomUniform(rng, [rounds, 2, length], { dtype: 'float64' })['~values'];
  const order = Uint32Array.from({ length }, (_, i) => i);
  for (let round = 0; round < rounds; round++) {
    const [pairing, turning] = [draws.subarray(2 * round * length), draws.subarray((2 * round + 1) * length)];
    shuffle(order, pairing);
    for (let i = 0; i < length; i += 2) {
      const angle = 2 * Math.PI * turning[i]!;
      if (i + 1 === length) scale(v, order[i]! * count, count, turning[i]! < 0.5 ? -1 : 1);
      else
        rotate(
          v,
          order[i]! * count,
          order[i + 1]! * count,
          count,
          round < firstRounds ? Math.PI / 4 : angle,
          turning[i + 1]! < 0.5 ? -1 : 1,
        );
    }
  }
  return v;
}

/** Fisher–Yates shuffle. */
function shuffle(order: Uint32Array, uniform: ArrayLike<number>): void {
  for (let i = order.length - 1; i > 0; i--) {
    const k = Math.floor(uniform[i]! * (i + 1));
    [order[i], order[k]] = [order[k]!, order[i]!];
  }
}

/** Rotates two rows in their plane; reflects them if `sign` is −1. */
function rotate(
  v: Float32Array | Float64Array,
  a: number,
  b: number,
  count: number,
  angle: number,
  sign: number,
): void {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const [t, d] = [-sign * s, sign * c];
  for (let k = 0; k < count; k++) {
    const x = v[a + k]!;
    const y = v[b + k]!;
    v[a + k] = c * x + s * y;
    v[b + k] = t * x + d * y;
  }
}

function scale(v: Float32Array | Float64Array, at: number, count: number, sign: number): void {
  for (let k = 0; k < count; k++) v[at + k]! *= sign;
}
