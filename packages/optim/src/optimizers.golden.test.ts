import { readFileSync } from 'node:fs';
import { map, scalar as e, sum, type Tensor, tensor, Variable } from '@chainrule/tensor';
import { expect, test } from 'vitest';
import { accumulateGradients } from './accumulateGradients.ts';
import { adam } from './adam.ts';
import { applyUpdates } from './applyUpdates.ts';
import { chain } from './chain.ts';
import { scaleByLbfgs } from './lbfgs.ts';
import { lookahead } from './lookahead.ts';
import type { Objective } from './objective.ts';
import { sam } from './sam.ts';
import { scaleByLearningRate } from './scaleByLearningRate.ts';
import { sgd } from './sgd.ts';
import type { Optimizer } from './transformation.ts';

type Options = Readonly<
  Record<'learningRate' | 'momentum' | 'syncPeriod' | 'slowStepSize' | 'steps' | 'rho' | 'memory', number>
>;
interface Golden {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly start: readonly number[];
  readonly cases: readonly {
    readonly optimizer: keyof typeof makers;
    readonly options: Options;
    readonly path: readonly (readonly number[])[];
  }[];
}

// Values of optax, by scripts/golden/wrappedOptimizers.py.
const golden = JSON.parse(readFileSync(new URL('../testdata/optimizers.json', import.meta.url), 'utf8')) as Golden;

const makers = {
  lookahead: ({ learningRate, momentum, syncPeriod, slowStepSize }: Options) =>
    lookahead(sgd({ learningRate, momentum }), { syncPeriod, slowStepSize }),
  accumulateGradients: ({ learningRate, steps }: Options) => accumulateGradients(adam({ learningRate }), steps),
  sam: ({ learningRate, rho }: Options) => sam(sgd({ learningRate }), { rho }),
  scaleByLbfgs: ({ learningRate, memory }: Options) =>
    chain(scaleByLbfgs({ memory }), scaleByLearningRate(learningRate)),
} satisfies Record<string, (options: Options) => Optimizer>;

const vector = (values: readonly number[]): Tensor => tensor([...values], undefined, 'float64');

/** Σ a w⁴ / 4 + b w² / 2 at the value of a variable. */
function objectiveAt(w: Variable): Objective {
  const [a, b] = [vector(golden.a), vector(golden.b)];
  const valueAt = ([v]: readonly Tensor[]): Tensor =>
    sum(map((x, p, q) => e.mul(e.mul(x, x), e.add(e.div(e.mul(p, e.mul(x, x)), 4), e.div(q, 2))), [v!, a, b]));
  const gradientsAt = ([v]: readonly Tensor[]): Tensor[] => [
    map((x, p, q) => e.mul(x, e.add(e.mul(p, e.mul(x, x)), q)), [v!, a, b]),
  ];
  return { value: valueAt([w.value]), gradients: gradientsAt([w.value]), valueAt, gradientsAt };
}

test.each(golden.cases)('$optimizer takes the steps of optax', ({ optimizer: name, options, path }) => {
  const w = new Variable(vector(golden.start));
  const optimizer = (makers[name] as (options: Options) => Optimizer)(options);
  const state = optimizer.init([w]);
  path.forEach((expected, step) => {
    const objective = objectiveAt(w);
    optimizer.tick(state, step);
    applyUpdates([w], optimizer.update(objective.gradients, state, [w], objective));
    expected.forEach((value, i) => expect(w.value.data[i], `step ${step}, weight ${i}`).toBeCloseTo(value, 6));
  });
});

test('every optimizer of the table has a case', () => {
  expect(golden.cases.map(({ optimizer }) => optimizer).sort()).toEqual(Object.keys(makers).sort());
});
