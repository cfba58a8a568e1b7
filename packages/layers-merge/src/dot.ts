import { OptionError, ShapeError, showShape } from '@chainrule/errors';
import { aBoolean, aString, checkOptions, refuse } from '@chainrule/errors/check';
import {
  defineMultiLayer,
  type InputShapes,
  type Layer,
  type NameOption,
  type ShapeRule,
} from '@chainrule/layers-core';
import { map, matmul, moveAxis, reshape, scalar as e, type Shape, square, sum, type Tensor } from '@chainrule/tensor';
import { normalizeAxis, sizeOf } from '@chainrule/tensor/graph';

/** Options of {@link dot}. */
export interface DotOptions extends NameOption {
  /** Whether to normalize the vectors along the axis first, which gives cosines. Default false. */
  readonly normalize?: boolean;
}

/** Two vectors give one number; other shapes are not followed. */
export interface DotRule extends ShapeRule {
  readonly output: InputShapes<this> extends readonly [
    readonly [infer Batch extends number, number],
    readonly [number, number],
  ]
    ? [Batch, 1]
    : Shape;
}

/**
 * The inner products of the samples of two inputs, as Keras' Dot.
 *
 * Σₖ a[…, k, …]·b[…, k, …] for each sample
 *
 * @param axes - the axis of both inputs to sum over, or a list of one for each; the batch is axis 0
 * @returns a layer from `[batch, …A]` and `[batch, …B]` to `[batch, …A, …B]` without the two axes; `[batch, 1]` for vectors
 * @throws OptionError for the batch axis; ShapeError for axes of different sizes
 * @example
 * const [a, b] = [input([2]), input([2])];
 * const model = functional([a, b], apply([a, b], dot(1))).build();
 * model.call([tensor([[1, 4]]), tensor([[3, 2]])]).toArray(); // => [[11]]
 */
export function dot(axes: number | readonly [number, number], options: DotOptions = {}): Layer<DotRule> {
  checkOptions('dot', options, { normalize: aBoolean, name: aString });
  const both: readonly unknown[] = Array.isArray(axes) ? axes : [axes, axes];
  if (both.length !== 2 || !both.every((axis) => Number.isInteger(axis) && axis !== 0))
    refuse('dot', 'axes', 'an axis other than 0, or a list of two', axes);
  const { normalize = false, name = 'dot' } = options;
  const places = (shapes: readonly Shape[]): readonly [number, number] => {
    if (shapes.length !== 2) throw new OptionError(`${name}: \`inputs\` must hold two tensors, got ${shapes.length}`);
    const [a, b] = shapes.map((shape, i) => normalizeAxis(name, both[i] as number, shape.length)) as [number, number];
    if (a === 0 || b === 0) throw new OptionError(`${name}: \`axes\` must not be that of the batch`);
    if (shapes[0]![a] !== shapes[1]![b])
      throw new ShapeError(
        `${name}: axis ${a} of ${showShape(shapes[0]!)} must have the size of axis ${b} of ${showShape(shapes[1]!)}`,
      );
    return [a, b];
  };
  return defineMultiLayer<DotRule>({
    type: 'dot',
    name,
    args: [axes, options],
    outputShape(inputs) {
      const at = places(inputs);
      const [a, b] = inputs.map((shape, i) => shape.filter((_, axis) => axis !== at[i] && axis !== 0));
      const rest = [...a!, ...b!];
      return [[inputs[0]![0]!, ...(rest.length > 0 ? rest : [1])]];
    },
    call(inputs) {
      const [a, b] = places(inputs.map(({ data }) => data.shape));
      const [x, y] = inputs.map(({ data }) => data) as [Tensor, Tensor];
      const [left, right] = [moveAxis(x, a, -1), moveAxis(y, b, -1)].map((t) => (normalize ? unitLength(t) : t)) as [
        Tensor,
        Tensor,
      ];
      const rows = (t: Tensor): Tensor => reshape(t, [t.shape[0], sizeOf(t.shape.slice(1, -1)), t.shape.at(-1)!]);
      const product = matmul(rows(left), moveAxis(rows(right), 1, 2));
      const rest = [...left.shape.slice(1, -1), ...right.shape.slice(1, -1)];
      return [{ data: reshape(product, [x.shape[0], ...(rest.length > 0 ? rest : [1])]) }];
    },
  });
}

/** Divides by the norm along the last axis, but by at least 1e-7, as Keras does. */
function unitLength(x: Tensor): Tensor {
  return map((v, s) => e.div(v, e.sqrt(e.max(s, 1e-14))), [x, sum(square(x), { axis: -1, keepDims: true })]);
}
