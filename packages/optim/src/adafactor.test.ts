import { full, tensor, Variable, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { adafactor, clipByRms, scaleByFactoredRms, scaleByParameterRms } from './adafactor.ts';

// Values over several steps are compared with optax in packages/testing/golden/optax.json.
describe('adafactor', () => {
  test('keeps a row and a column for a matrix, and a mean square for a vector', () => {
    const variables = [[3, 4], [2, 3, 4], [5], []].map((shape) => new Variable(zeros(shape)));
    const [{ rows, columns }] = adafactor().init(variables);
    expect(rows.map(({ shape }) => shape)).toEqual([[3], [2, 3], [5], []]);
    expect(columns.map(({ shape }) => shape)).toEqual([[4], [2, 4], [0], [0]]);
  });

  test('estimates the squares of a matrix of rank 1 exactly', () => {
    const w = new Variable(zeros([2, 3]));
    const scale = scaleByFactoredRms();
    const [u] = scale.update([tensor([[1, 2, -3], [10, 20, -30]])], scale.init([w]), [w]); // prettier-ignore
    expect([...u!.data].map((v) => v.toFixed(5))).toEqual(['1.00000', '1.00000', '-1.00000', '1.00000', '1.00000', '-1.00000']); // prettier-ignore
  });

  test('takes gradients whose squares underflow in float32', () => {
    const w = new Variable(full([2, 2], 1));
    const scale = scaleByFactoredRms({ epsilon: 0 });
    const [u] = scale.update([full([2, 2], 1e-15)], scale.init([w]), [w]);
    u!.data.forEach((v) => expect(v).toBeCloseTo(1, 5));
  });

  test('does not move if the gradient is 0', () => {
    const w = new Variable(full([2, 2], 3));
    const optimizer = adafactor();
    const [u] = optimizer.update([zeros([2, 2])], optimizer.init([w]), [w]);
    expect([...u!.data].every((v) => v === 0)).toBe(true);
  });

  test('lowers the rate to 1/√t', () => {
    const optimizer = adafactor({ learningRate: 0.5 });
    const state = optimizer.init([]);
    const rates = [0, 3, 15].map((step) => {
      optimizer.tick(state, step);
      return state[3].learningRate.value.item();
    });
    expect(rates).toEqual([0.5, 0.5, 0.25]);
  });
});

test('clipByRms and scaleByParameterRms take empty and scalar variables', () => {
  expect(clipByRms(0.5).update([tensor(-3), zeros([0])], [], []).map((u) => [...u.data])).toEqual([[-0.5], []]); // prettier-ignore
  const variables = [new Variable(tensor(-3)), new Variable(zeros([2]))];
  const updates = scaleByParameterRms(0.25).update([tensor(1), tensor([1, 2])], [], variables);
  expect(updates.map((u) => [...u.data])).toEqual([[3], [0.25, 0.5]]);
});
