import {
  adagrad, adam, add, applyUpdates, cos, Generator, log1p, mul, type Optimizer, randomNormal, rmsprop, sgd, square, sub,
  tensor, type Tensor, unstack, valueAndGrad, Variable,
} from 'chainrule';

export interface Settings {
  seed: number;
  surface: string;
  startX: number;
  startY: number;
  learningRate: number;
  momentum: number;
  adaptiveRate: number;
  noise: number;
}

/** The heights of the surfaces at points [x, y]. The lowest height is 0. */
const surfaces: Record<string, (x: Tensor, y: Tensor) => Tensor> = {
  // 100 times as steep across as along.
  ravine: (x, y) => add(mul(square(x), 0.1), mul(square(y), 10)),
  bowl: (x, y) => add(square(x), mul(square(y), 2)),
  // Down along x, then down to one of two sides along y.
  saddle: (x, y) => add(mul(square(x), 0.5), mul(square(sub(square(y), 1)), 0.25)),
  'many valleys': (x, y) =>
    add(mul(add(square(x), square(y)), 0.3), mul(sub(2, add(cos(mul(x, 4)), cos(mul(y, 4)))), 0.2)),
  // Rosenbrock's and Beale's functions are so steep that their logarithms are easier to see. Their valleys stay where they are.
  banana: (x, y) => log1p(add(square(sub(1, x)), mul(square(sub(y, square(x))), 10))),
  Beale: (x, y) => {
    const term = (height: number, power: Tensor) => square(add(mul(mul(x, 2), sub(power, 1)), height));
    return log1p(add(term(1.5, y), add(term(2.25, square(y)), term(2.625, mul(y, square(y))))));
  },
};

export function start(settings: Settings) {
  const { learningRate, momentum, adaptiveRate } = settings;
  const optimizers: Record<string, Optimizer> = {
    SGD: sgd({ learningRate }),
    momentum: sgd({ learningRate, momentum }),
    Nesterov: sgd({ learningRate, momentum, nesterov: true }),
    AdaGrad: adagrad({ learningRate: adaptiveRate }),
    RMSProp: rmsprop({ learningRate: adaptiveRate }),
    Adam: adam({ learningRate: adaptiveRate }),
  };
  const racers = Object.entries(optimizers).map(([name, optimizer]) => {
    const place = new Variable(tensor([settings.startX, settings.startY]));
    return { name, optimizer, place, memory: optimizer.init([place]) };
  });

  /** The height at a point [2], or at many [count, 2]. */
  const height = (points: Tensor) => {
    const [x, y] = unstack(points, { axis: -1 });
    return surfaces[settings.surface]!(x!, y!);
  };
  const slopeAt = valueAndGrad(height);

  const step = (n: number) => {
    // Training on batches gives gradients with noise. All racers get the same.
    const noise = mul(randomNormal(new Generator(settings.seed + 1000 * n), [2]), settings.noise);
    const logs: Record<string, number> = {};
    for (const { name, optimizer, place, memory } of racers) {
      const [before, slope] = slopeAt(place.value);
      // Who climbs that high is out of the race.
      if (before.item() < 1000) {
        optimizer.tick(memory, n);
        applyUpdates([place], optimizer.update([add(slope, noise)], memory, [place]));
      }
      logs[name] = Math.min(1000, Math.max(1e-6, height(place.value).item()));
      [logs[`${name} x`], logs[`${name} y`]] = place.value.toArray() as [number, number];
    }
    return logs;
  };

  // The state of the race: where each racer is, and what its optimizer remembers.
  const entries = racers.flatMap(({ name, place, memory }) => [
    [name, place] as const,
    ...variablesOf(memory).map((variable, i) => [`${name} memory ${i}`, variable] as const),
  ]);
  return { state: Object.fromEntries(entries), step, height };
}

function variablesOf(tree: unknown): Variable[] {
  if (tree instanceof Variable) return [tree as Variable];
  return typeof tree === 'object' && tree ? Object.values(tree).flatMap(variablesOf) : [];
}
