import { trainTestSplit } from '@chainrule/data-loaders';
import { iris } from '@chainrule/data-loaders/node';
import { Generator, randomUniform, tensor, type Tensor } from '@chainrule/tensor';
import { filesOf } from '../filesOf.ts';
import type { TaskRun } from '../task.ts';
import type { Example } from './thresholdUnit.ts';

/** Samples of two features and two classes. */
export interface TwoClasses {
  readonly name: string;
  readonly x: string;
  readonly y: string;
  readonly classes: readonly [string, string];
  readonly train: readonly Example[];
  readonly test: readonly Example[];
}

/** First samples that a line separates, then samples that none separates. A third is held out. */
export async function loadTwoClasses({
  dataset,
  options,
}: Pick<TaskRun, 'dataset' | 'options'>): Promise<TwoClasses[]> {
  const { seed, limit } = options;
  if (dataset === 'sides') {
    const names = { x: 'first feature', y: 'second feature', classes: ['below', 'above'] } as const;
    return [
      { name: 'separable', ...names, ...split(sides(limit ?? 300, 0.1, seed), seed) },
      { name: 'overlapping', ...names, ...split(sides(limit ?? 300, -0.1, seed), seed) },
    ];
  }
  const { x, y, classes } = await iris(filesOf(options));
  const species = classes.map((name) => name.replace('Iris-', ''));
  return [0, 1].map((first) => {
    const rows = examplesOf(x, y, first);
    const pair = [species[first]!, species[first + 1]!] as const;
    return {
      name: pair.join(' and '),
      x: 'sepal length in cm',
      y: 'petal length in cm',
      classes: pair,
      ...split(rows, seed, limit),
    };
  });
}

/** The flowers of two species that follow each other, with the first and the third measure. */
function examplesOf(x: Tensor, y: Tensor, first: number): Example[] {
  const width = x.shape[1];
  return [...y.data].flatMap((label, i) =>
    label === first || label === first + 1
      ? [{ inputs: [x.data[i * width]!, x.data[i * width + 2]!], target: label === first ? 0 : 1 }]
      : [],
  );
}

/** A third of each class is held out. */
function split(examples: readonly Example[], seed: number, limit = Infinity): Pick<TwoClasses, 'train' | 'test'> {
  const stratify = examples.map(({ target }) => target);
  const rows = tensor(Float32Array.from(examples, (_, i) => i), [examples.length]); // prettier-ignore
  const parts = trainTestSplit({ rows }, { testSize: 1 / 3, seed, stratify });
  const pick = (part: { readonly rows: Tensor }): Example[] => [...part.rows.data].map((i) => examples[i]!);
  return { train: pick(parts.train).slice(0, limit), test: pick(parts.test) };
}

/**
 * Points on both sides of the line x₂ = x₁ / 2 + 0.2, at a distance from `margin` to `margin` + 1. If the margin is negative,
 * some points lie that far on the wrong side.
 */
export function sides(count: number, margin: number, seed: number): Example[] {
  const drawn = randomUniform(new Generator(seed).stream('sides'), [count, 2]).data;
  return Array.from({ length: count }, (_, i) => {
    const target = i % 2 === 0 ? 0 : 1;
    const [along, distance] = [2 * drawn[2 * i]! - 1, margin + drawn[2 * i + 1]!];
    const [across, up] = [-1, 2].map((part) => ((target === 1 ? 1 : -1) * distance * part) / Math.hypot(1, 2));
    return { inputs: [along + across!, along / 2 + 0.2 + up!], target };
  });
}
