import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { logicalNot } from './logicalNot.ts';

describe('logicalNot', () => {
  it('has its truth table', () => {
    const y = logicalNot(tensor([true, false], undefined, 'bool'));
    expect([y.dtype, y.toArray()]).toEqual(['bool', [false, true]]);
  });

  it('refuses other dtypes than bool', () => {
    expect(() => logicalNot(zeros([1]) as never)).toThrow(
      'logicalNot: expects bool, got float32; convert it with `cast`',
    );
  });
});
