import { expect, test } from 'vitest';
import * as all from './index.ts';

const classes = Object.entries(all).filter(
  (entry): entry is [string, typeof all.ChainruleError] => entry[0].endsWith('Error') && entry[0] !== 'TrainingError',
);

test.each(classes)('%s has its name, a message and a cause, and extends ChainruleError', (name, Class) => {
  const cause = new Error('before');
  const error = new Class('op: expects 1, got 2', { cause });
  expect(error).toBeInstanceOf(all.ChainruleError);
  expect(error).toBeInstanceOf(Error);
  expect([error.name, error.message, error.cause]).toEqual([name, 'op: expects 1, got 2', cause]);
  expect(String(error)).toBe(`${name}: op: expects 1, got 2`);
  expect(error.stack).toContain('errors.test.ts');
});

test('classes are told apart', () => {
  expect(classes.length).toBeGreaterThan(9);
  for (const [name, Class] of classes.filter(([name]) => name !== 'ChainruleError'))
    expect(
      classes
        .filter(([, other]) => new Class('') instanceof other)
        .map(([other]) => other)
        .sort(),
    ).toEqual(['ChainruleError', name].sort());
});

test('TrainingError keeps the history, and the position if it is known', () => {
  const history = [{ epoch: 0, loss: 2 }];
  const error = new all.TrainingError('fit: diverged', { history, epoch: 1, batch: 0 });
  expect([error.name, error.message, error.history, error.epoch, error.batch]).toEqual([
    'TrainingError',
    'fit: diverged',
    history,
    1,
    0,
  ]);
  expect(error).toBeInstanceOf(all.ChainruleError);
  const outside = new all.TrainingError('trainStep: diverged', { history: [] });
  expect([outside.epoch, outside.batch, outside.history]).toEqual([undefined, undefined, []]);
});
