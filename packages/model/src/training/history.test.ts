import { expect, test } from 'vitest';
import { History } from './history.ts';

test('a history is an array, of which parts are plain arrays', () => {
  const history = new History();
  history.push({ epoch: 0, loss: 1 });
  expect(history).toEqual([{ epoch: 0, loss: 1 }]);
  expect([Array.isArray(history), JSON.stringify(history)]).toEqual([true, '[{"epoch":0,"loss":1}]']);
  expect(history.map(({ loss }) => loss)).not.toBeInstanceOf(History);
});
