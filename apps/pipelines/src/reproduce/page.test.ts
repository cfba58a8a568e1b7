import { describe, expect, test } from 'vitest';
import { accuracy, error, type Experiment, type Measure, type Result } from './experiment.ts';
import { median, pageWith, reached, sectionOf } from './page.ts';

const ratio: Measure = { name: 'ratio', best: 'low', share: false };
const run = (): Promise<number> => Promise.resolve(0);

describe('median', () => {
  test('is the middle of an odd number of figures, and the mean of the two in the middle of an even number', () => {
    expect([median([3]), median([10, 1, 9]), median([4, 1, 3, 100])]).toEqual([3, 9, 3.5]);
  });
});

describe('reached', () => {
  test.each([
    [accuracy, 0.95, [0.94, 0.93, 0.999], true],
    [accuracy, 0.95, [0.939], false],
    [accuracy, 0.95, [0.99], true],
    [error, 0.024, [0.034], true],
    [error, 0.024, [0.035], false],
    [error, 0.024, [0.001], true],
    [ratio, 1, [1.01], true],
    [ratio, 1, [1.02], false],
    [accuracy, undefined, [0.5], undefined],
    [accuracy, 0.9, [], undefined],
    [accuracy, 0.9, [NaN], false],
  ])('%j, stated %j, here %j: %j', (measure, stated, figures, expected) => {
    expect(reached({ measure, ...(stated !== undefined && { stated }) }, figures)).toBe(expected);
  });
});

const experiment: Experiment = {
  name: 'small',
  about: 'Two nets.',
  rows: [
    { name: 'a net', measure: accuracy, stated: 0.9, note: 'It is small.', run },
    { name: 'another', measure: ratio, run },
  ],
};

test('sectionOf lists medians, ranges, verdicts and notes, and leaves out figures that are missing', () => {
  const results: Result[] = [
    {
      experiment: 'small',
      row: 'a net',
      measure: 'test accuracy',
      stated: 0.9,
      figures: [0.91, 0.87, 0.88],
      seconds: 3.6,
    },
    { experiment: 'other', row: 'another', measure: 'ratio', figures: [1], seconds: 1 },
  ];
  expect(`\n${sectionOf(experiment, results, { threads: 'one thread', seeds: 3, command: 'npm run it' })}`)
    .toMatchInlineSnapshot(`
    "
    ## small
    Two nets.

    | what | measure | stated | here | reached | seconds |
    | --- | --- | --- | --- | --- | --- |
    | a net | test accuracy | 90.0% | 88.0% (87.0% to 91.0%) | no | 4 |
    | another | ratio | – | – | – | – |

    - a net: It is small.

    \`npm run it\`, 3 seeds, one thread.
    "
  `);
});

test('pageWith replaces new sections, keeps the others, and orders them', () => {
  const names = ['first', 'second', 'third'];
  const page = pageWith('', { second: '## second\nold\n', first: '## first\none\n' }, names);
  const next = pageWith(page, { second: '## second\nnew\n', third: '## third\nthree\n' }, names);
  expect(next.split(/^(?=## )/m).slice(1)).toEqual(['## first\none\n\n', '## second\nnew\n\n', '## third\nthree\n']);
  expect(pageWith(next, {}, names)).toBe(next);
});
