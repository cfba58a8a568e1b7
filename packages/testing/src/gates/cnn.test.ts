import { describe, expect, test } from 'vitest';
import { run } from './cnn.ts';

describe('gate 1: a CNN with batch norm, dropout and Adam', () => {
  test('20 steps captured equal 20 steps eager bit for bit: weights, statistics, moments, masks, counters', () => {
    const eager = run('eager');
    expect(run({ fuse: false })).toEqual(eager);
    expect(Object.keys(eager).filter((name) => name.includes('moving'))).toHaveLength(2);
    expect(eager['counter']![0]).toBeGreaterThanOrEqual(40);
    expect(eager['losses']![19]).not.toBe(eager['losses']![0]);
  });

  test('neither simplification nor fusion changes a bit on the reference', () => {
    const plain = run({ fuse: false, simplify: false });
    expect(run({ fuse: true })).toEqual(plain);
    expect(run({ fuse: true, simplify: false })).toEqual(plain);
  });
});
