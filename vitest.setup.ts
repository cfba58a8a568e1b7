// Tensors keep their values in private fields, which `toEqual` does not see: without this, any two would be equal.
import { isTensor, type Tensor } from '@chainrule/tensor';
import { expect } from 'vitest';

/** Same type, shape and values; undefined leaves other values to vitest. */
function equalTensors(a: unknown, b: unknown): boolean | undefined {
  if (!isTensor(a) && !isTensor(b)) return undefined;
  if (!isTensor(a) || !isTensor(b)) return false;
  // Symbols of a program have no values: each is equal to itself alone.
  return a['~scope'] || b['~scope'] ? a === b : describeTensor(a) === describeTensor(b);
}

function describeTensor({ dtype, shape, data }: Tensor): string {
  return `${dtype}[${shape.join()}] ${Array.from(data, (value) => (Object.is(value, -0) ? '-0' : value)).join()}`;
}

// Test files share a worker, whose list of testers would grow with each of them.
const added = Symbol.for('chainrule.equalTensors');
if (!(added in globalThis)) {
  Object.assign(globalThis, { [added]: true });
  expect.addEqualityTesters([equalTensors]);
}
