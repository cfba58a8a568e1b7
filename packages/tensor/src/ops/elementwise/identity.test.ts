import { expect, it } from 'vitest';
import { tensor } from '../creation/creation.ts';
import { identity } from './identity.ts';

it.each(['float32', 'float64', 'int32', 'bool'] as const)('identity returns its argument in %s', (dtype) => {
  const x = tensor([0, 1, 1], undefined, dtype);
  expect(identity(x)).toBe(x);
});
