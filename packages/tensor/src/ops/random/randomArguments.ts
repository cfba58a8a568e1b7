import { type Check, checkThat } from '@chainrule/errors/check';
import { numbers } from '../../array/checks.ts';
import { checkShape } from '../../array/shape.ts';
import { Generator } from './generator.ts';

/** Checks for a generator. */
export const aGenerator: Check = /* @__PURE__ */ checkThat(
  'a generator such as `new Generator(1)`',
  (value) => value instanceof Generator,
);

/** Checks the generator and the shape that a random op takes. */
export function checkRandom(op: string, rng: unknown, shape: readonly number[]): void {
  aGenerator(op, 'rng', rng);
  numbers(op, 'shape', shape);
  checkShape(op, shape);
}
