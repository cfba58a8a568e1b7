/** Rows of coefficients. */
export type Matrix = readonly (readonly number[])[];

/** The matrices of `y = output · ((kernel · g) ⊙ (input · d))`, rounded to float32. */
export interface ToomCook {
  /** n × n, for the n = outputs + taps − 1 inputs that the outputs depend on. */
  readonly input: Matrix;
  /** n × taps */
  readonly kernel: Matrix;
  /** outputs × n */
  readonly output: Matrix;
}

/**
 * The finite points; ∞ is one more. Errors grow with the condition number of the Vandermonde matrix. With these points,
 * the largest error is 4–10e-6 of the rms of the result; with 0, ±1, ±2 it is 1–4e-5.
 */
const points: readonly number[] = [0, Math.SQRT1_2, -Math.SQRT1_2, Math.SQRT2, -Math.SQRT2];

/**
 * F(outputs, taps): the correlation `y[i] = Σₖ d[i + k]·g[k]` with n products instead of outputs · taps.
 *
 * Let the polynomials a and g have as many coefficients as there are outputs and taps. Their product s has n
 * coefficients, which its values at n points determine: s = V⁻¹((A·a) ⊙ (G·g)), where the rows of A, G and V are powers
 * of the points, `[1, p, p², …]`, and pick the last coefficient for ∞. The form Σ d·s(a, g) is trilinear; its
 * coefficients of a are the correlation: y = Aᵀ((G·g) ⊙ (V⁻ᵀ·d)). Row i of V⁻ᵀ holds the coefficients of Lagrange's
 * Πⱼ≠ᵢ (x − pⱼ) / (pᵢ − pⱼ), for ∞ those of Πⱼ (x − pⱼ). The denominators go to G, which is multiplied by the kernel
 * only once.
 *
 * S. Winograd, Arithmetic Complexity of Computations (1980); A. Lavin and S. Gray, Fast Algorithms for Convolutional
 * Neural Networks (2016), for images.
 */
export function toomCook(outputs: number, taps: number): ToomCook {
  const finite = points.slice(0, outputs + taps - 2);
  const denominators = finite.map((p, i) =>
    finite.reduce((product, q, j) => (i === j ? product : product * (p - q)), 1),
  );
  const powers = (length: number, scale: (i: number) => number): number[][] => [
    ...finite.map((p, i) => Array.from({ length }, (_, k) => p ** k * scale(i))),
    Array.from({ length }, (_, k) => (k === length - 1 ? 1 : 0)),
  ];
  const input = [...finite.map((_, i) => fromRoots(finite.filter((_, j) => j !== i))), fromRoots(finite)];
  const output = powers(outputs, () => 1);
  return {
    input: rounded(input.map((row) => Array.from(input, (_, k) => row[k] ?? 0))),
    kernel: rounded(powers(taps, (i) => 1 / denominators[i]!)),
    output: rounded(Array.from({ length: outputs }, (_, k) => output.map((row) => row[k]!))),
  };
}

/** F(4, 3), for the forward pass and the input gradient. */
export const tileTransforms: ToomCook = /* @__PURE__ */ toomCook(4, 3);

/** F(3, 4), for the kernel gradient: the outputs are the 3 taps, and the kernel is the 4 pixels of a tile of y. */
export const gradientTransforms: ToomCook = /* @__PURE__ */ toomCook(3, 4);

/** Coefficients of Π (x − root), the constant first. */
function fromRoots(roots: readonly number[]): number[] {
  return roots.reduce((p, root) => [...p, 0].map((_, k) => (p[k - 1] ?? 0) - root * (p[k] ?? 0)), [1]);
}

/** Rounds to float32. Replaces tiny rounding errors by 0. */
function rounded(matrix: Matrix): Matrix {
  return matrix.map((row) => row.map((v) => (Math.abs(v) < 1e-12 ? 0 : Math.fround(v))));
}
