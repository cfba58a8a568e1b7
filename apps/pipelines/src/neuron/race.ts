import { adagrad, adam, type Optimizer, rmsprop, sgd } from '@chainrule/optim';
import { add, div, mul, square, sub, sum, tensor, type Tensor } from '@chainrule/tensor';
import { descentPath, plotDescent, type Point } from '@chainrule/visualize';
import type { Report } from '../report.ts';
import type { TaskRun } from '../task.ts';
import { textTable } from '../textTable.ts';

/** Optimizers with rates that suit both places. */
const contenders: Readonly<Record<string, () => Optimizer>> = {
  SGD: () => sgd({ learningRate: 0.09 }),
  momentum: () => sgd({ learningRate: 0.03, momentum: 0.9 }),
  Nesterov: () => sgd({ learningRate: 0.03, momentum: 0.9, nesterov: true }),
  Adagrad: () => adagrad({ learningRate: 0.9 }),
  RMSprop: () => rmsprop({ learningRate: 0.1 }),
  Adam: () => adam({ learningRate: 0.3 }),
};

interface Place {
  readonly title: string;
  readonly f: (point: Tensor) => Tensor;
  readonly start: Point;
  /** The value that counts as arrived. */
  readonly goal: number;
}

/** f = x² / 20 + 10 y²: 200 times as steep across as along. */
const ravine: Place = {
  title: 'descent into a ravine',
  f: (point) => sum(mul(square(point), tensor([0.05, 10]))),
  start: [-7, 0.8],
  goal: 0.05,
};

/** f = x² / 2 − y² / 2 + y⁴ / 4: a saddle at (0, 0), and minima of −1/4 at (0, ±1). The start is almost on the ridge. */
const saddle: Place = {
  title: 'descent from a saddle',
  f: (point) => {
    const squares = square(point);
    return add(sum(mul(squares, tensor([0.5, -0.5]))), div(sum(square(mul(squares, tensor([0, 1])))), 4));
  },
  start: [-1.5, 0.01],
  goal: -0.24,
};

const steps = 150;

/** A race of optimizers in a ravine and from a saddle. @returns the steps of plain SGD and of the winner at both places */
export function race({ show }: TaskRun): Report['metrics'] {
  const rows = [ravine, saddle].map(({ title, f, start, goal }) => {
    const paths = Object.fromEntries(
      Object.entries(contenders).map(([name, make]) => [name, descentPath(f, start, make(), { steps })]),
    );
    show(plotDescent(f, paths, { title, scale: 'f', ...(goal > 0 && { levels: 'log' }) }));
    // Arrived is who stays below the goal.
    const arrivals = Object.values(paths).map((points) => {
      const last = points.findLastIndex((point) => sub(f(tensor([...point])), goal).item() > 0);
      return last + 1 < points.length ? last + 1 : Infinity;
    });
    return { title, goal, arrivals };
  });
  const shown = (count: number): string => (Number.isFinite(count) ? String(count) : `> ${steps}`);
  const table = textTable([
    ['optimizer', ...rows.map(({ title, goal }) => `${title}, f < ${goal}`)],
    ...Object.keys(contenders).map((name, i) => [name, ...rows.map(({ arrivals }) => shown(arrivals[i]!))]),
  ]);
  console.log(`steps until the optimizer arrives, of at most ${steps}\n${table}\n`);
  const [inRavine, fromSaddle] = rows.map(({ arrivals }) => arrivals.map((count) => Math.min(count, steps)));
  return {
    ravineStepsOfSgd: inRavine![0]!,
    ravineStepsOfFastest: Math.min(...inRavine!),
    saddleStepsOfSgd: fromSaddle![0]!,
    saddleStepsOfFastest: Math.min(...fromSaddle!),
  };
}
