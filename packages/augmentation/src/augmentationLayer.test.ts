import { expect, test } from 'vitest';
import { augmentation } from './augmentation.ts';
import { compose } from './compose.ts';
import { cutMix } from './cutMix.ts';
import { mixUp } from './mixUp.ts';
import { randomApply } from './randomApply.ts';
import { randomChoice } from './randomChoice.ts';
import { randomFlip } from './randomFlip.ts';

test.each([
  ['mixUp', mixUp()],
  ['cutMix', compose(randomFlip('horizontal'), cutMix())],
  ['mixUp', randomApply(mixUp())],
  ['cutMix', randomChoice([randomFlip('horizontal'), compose(cutMix())])],
])('the layer refuses %s, because labels would stay as they are', (name, augment) => {
  expect(() => augmentation(augment)).toThrow(
    `augmentation: \`augment\` must leave labels alone, because a layer does not see them, got ${name}; mix in the data set`,
  );
});

test('the layer takes what changes images alone', () => {
  expect(augmentation(randomApply(compose(randomFlip('horizontal')))).type).toBe('augmentation');
});
