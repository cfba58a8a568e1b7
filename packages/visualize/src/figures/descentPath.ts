import { valueAndGrad } from '@chainrule/autograd';
import { aCount, aFunction, checkOptions, checkThat, refuse } from '@chainrule/errors/check';
import { applyUpdates, type Optimizer } from '@chainrule/optim';
import { isTensor, tensor, type Tensor, Variable } from '@chainrule/tensor';
import type { Point } from '../figure.ts';

/** Options of {@link descentPath}. */
export interface DescentPathOptions {
  /** The number of steps. Default 50. */
  readonly steps?: number;
}

const aStart = checkThat(
  'a point [x, y]',
  (value) => Array.isArray(value) && value.length === 2 && value.every(Number.isFinite),
);

/**
 * The points that an optimizer visits on its way down a function of the plane, the start included.
 *
 * @param f - from a tensor `[2]` to a scalar
 * @param start - the first point
 * @throws OptionError for something else than an optimizer, and for other functions
 * @example
 * const bowl = (point: Tensor) => sum(square(point));
 * descentPath(bowl, [2, -1], sgd({ learningRate: 0.25 }), { steps: 2 }); // => [[2,-1],[1,-0.5],[0.5,-0.25]]
 */
export function descentPath(
  f: (point: Tensor) => Tensor,
  start: Point,
  optimizer: Optimizer,
  options: DescentPathOptions = {},
): Point[] {
  const op = 'descentPath';
  aFunction(op, 'f', f);
  aStart(op, 'start', start);
  if ((optimizer as Partial<Optimizer> | null | undefined)?.gives !== 'steps')
    refuse(op, 'optimizer', 'an optimizer', optimizer);
  checkOptions(op, options, { steps: aCount });
  const place = new Variable(tensor([...start]));
  const state = optimizer.init([place]);
  const height = (at: Tensor): Tensor => {
    const made: unknown = f(at);
    return isTensor(made) && made.size === 1 ? made : refuse(op, 'f', 'a function from a tensor [2] to a scalar', made);
  };
  const slopes = valueAndGrad(height);
  const point = (): Point => [...place.value.data] as unknown as Point;
  const points = [point()];
  for (let step = 0; step < (options.steps ?? 50); step++) {
    const [value, slope] = slopes(place.value);
    const objective = {
      value,
      gradients: [slope],
      valueAt: ([at]: readonly Tensor[]) => height(at!),
      gradientsAt: ([at]: readonly Tensor[]) => [slopes(at!)[1]],
    };
    optimizer.tick(state, step);
    applyUpdates([place], optimizer.update([slope], state, [place], objective));
    points.push(point());
  }
  return points;
}
